"""Sentences about how things are, a file for each subject; their tables are in `facts`, their tools in `templates`."""
