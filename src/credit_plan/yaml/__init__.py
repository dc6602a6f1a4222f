"""Bytes become a tree that knows its lines, and every fault met on the way a diagnostic."""
