"""The dashboard: what the tables say, on a phone or a wall. Thin: it asks `analysis/` and `jobs/`, and shows."""
