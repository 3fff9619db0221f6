"""Between our words and Lazada's: pure functions, by subject."""
