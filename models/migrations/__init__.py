"""The tables' history, in the package so that it travels in the wheel. `models.migrate` is its only door."""
