"""Wires the rooms together; holds no business rule."""

from reseller_portal.celery import app as celery_app

__all__ = ["celery_app"]
