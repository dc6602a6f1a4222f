"""The records of what stands in files: pydantic models, and their JSON Schema."""
