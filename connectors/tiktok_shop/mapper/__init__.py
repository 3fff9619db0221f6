"""Between our words and TikTok Shop's: pure functions, by subject."""
