"""What listings sell that we have no orders of: units and đồng out of public counters, with the error said beside them.

The method, its assumptions and how it was scored: docs/market-estimate.md.
"""
