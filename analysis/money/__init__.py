"""Money of orders, line by line: read, spread over the lines it belongs to, and added up by whatever is asked for."""
