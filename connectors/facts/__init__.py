"""What verbs take and give: a marketplace's facts as plain values, in our words."""
