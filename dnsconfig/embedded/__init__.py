"""The portal's own zones: kept in PostgreSQL, served as a hidden primary (RFC 1996, RFC 5936)."""
