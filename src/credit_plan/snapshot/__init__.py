"""A copy of a sound plan in the user's cache folder, from which a question is answered quickly.

It is only ever a copy: what is stale, damaged or foreign is ignored and written anew. It holds
numbers and text alone, and nothing in it can be run.
"""
