"""From a price to what is left of it."""
