"""What `course data`, `train`, `translate` and `evaluate` do: a module for each, with its arguments and its work."""


class UsageError(Exception):
    """What the user asked for can't be done; the message says what can."""
