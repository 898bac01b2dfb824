"""What a command says when it can't do what was asked for."""


class UsageError(Exception):
    """What the user asked for can't be done; the message says what can."""
