"""Tax withheld by marketplaces, and what it is held against."""
