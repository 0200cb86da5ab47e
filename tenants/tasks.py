"""Doorbells of tenants."""

from celery import shared_task

from tenants import services


@shared_task
def forget_credentials() -> None:
    """Passwords that nobody fetched are erased."""
    services.forget_credentials()
