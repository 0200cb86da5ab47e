"""One member of an account: role, the services that they see, what they did lately."""
