"""REST of licence groups and of delegations: the same calls as the pages."""
