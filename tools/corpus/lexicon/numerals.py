"""The native Korean numerals from one to ten, as they stand before counters."""

NUMERALS = (
    ("한", "one"),
    ("두", "two"),
    ("세", "three"),
    ("네", "four"),
    ("다섯", "five"),
    ("여섯", "six"),
    ("일곱", "seven"),
    ("여덟", "eight"),
    ("아홉", "nine"),
    ("열", "ten"),
)
