"""The verbs of the `ocop` command, one file a subject. Thin: they read arguments, call `jobs/` and `analysis/`, and print."""
