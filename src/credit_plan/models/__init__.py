"""The records in files, how they are read and validated, and their JSON Schema."""
