"""Pydantic models of the records in files, and their JSON Schema."""
