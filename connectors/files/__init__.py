"""Files of seller centres and tills: opened without trust, recognised by their contents, read into the facts an API gives."""
