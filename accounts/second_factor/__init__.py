"""The second step of signing in: allauth's factors, kept our way, and who must have one."""
