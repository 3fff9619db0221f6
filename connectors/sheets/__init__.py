"""Upload sheets of seller centres: recognised by their contents, filled in from our listings, every other byte left as it was."""
