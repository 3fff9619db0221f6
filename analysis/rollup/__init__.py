"""Sums of order money by day and month: made from the orders, kept by what changed, read by reports."""
