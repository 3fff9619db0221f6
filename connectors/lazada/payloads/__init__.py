"""Lazada's own words, field for field, by subject. Nothing here is ours; `mapper` does the translating."""
