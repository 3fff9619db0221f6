"""Sheets that are no known kind, read as an office says they are to be read: columns named once, remembered by their headings."""
