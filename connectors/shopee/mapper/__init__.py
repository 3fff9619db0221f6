"""Between our words and Shopee's: pure functions, by subject."""
