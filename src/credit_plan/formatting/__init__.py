"""The canonical form of a file: the same keys in the same order, written the same way."""
