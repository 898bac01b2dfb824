"""What the commands of `course` do: a module for each, with its arguments and its work."""
