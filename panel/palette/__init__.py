"""Search over pages, actions and records; shortcuts; pinned services."""
