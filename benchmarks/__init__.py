"""What the product's own work costs, as ratios against a floor measured in the same run (docs/benchmarks.md)."""
