"""`make run`: private engines and every process of the portal under one supervisor."""
