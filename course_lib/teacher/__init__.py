"""For the teacher: the notebooks of a class, each run behind walls of its own, and one table of what they hold."""
