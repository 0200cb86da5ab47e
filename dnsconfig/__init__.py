"""Automatic domain configuration: zones, plans, and the providers that hold the zones."""
