"""Pages of licence groups and of delegations."""
