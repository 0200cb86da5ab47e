"""Every mail the portal sends, with sample data, for staff."""
