"""Fees as the dated table expects them, against what was charged."""
