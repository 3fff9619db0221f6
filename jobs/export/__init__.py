"""Files a person uploads or hands over where there is no API: a seller's own sheets filled, packs, feeds."""
