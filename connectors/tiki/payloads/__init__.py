"""Tiki's own words, field for field, by subject. Nothing here is ours; the mappers translate."""
