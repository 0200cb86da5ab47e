"""Account-wide lists: one page, one table, one export; what differs is declared."""
