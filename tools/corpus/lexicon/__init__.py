"""Words with their properties, a file for each kind: nouns, adjectives, people, places, times, numerals, the world."""
