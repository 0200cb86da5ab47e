"""Reports: one page, one file and one API for all; what differs is declared."""
