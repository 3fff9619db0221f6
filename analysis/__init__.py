"""SELECTs and arithmetic that turn stored rows into revenue tables. Every report says its stage and its coverage."""
