"""Keeps rows in step with Microsoft: its events, audit records, a full sweep; lists drift."""
