"""Lists too long to be sent at once, made into files that are kept for a day."""
