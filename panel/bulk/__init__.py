"""Many rows of a list changed at once: chosen, looked at, confirmed, carried out one by one."""
