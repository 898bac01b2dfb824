"""The learner's notebooks: read whatever saved them, known by what is in them, run from top to bottom."""
