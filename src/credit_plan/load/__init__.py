"""Reads the data of a plan from files: bytes become records, and what cannot be read a diagnostic.

`locate` finds the folder, `folder` reads it. Nothing is imported here: completing a name at
the prompt needs the first and cannot afford the second.
"""
