"""A city's published plan, as validated data and as answers at a terminal."""

__version__ = "0.1.0"
