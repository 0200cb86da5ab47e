"""Pages of accounts; each translates in, calls one service, translates out."""
