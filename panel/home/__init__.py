"""The first page: what waits for somebody, seats and spend, what has happened."""
