"""Brokers as they are on bad days."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager

from celery import current_app
from kombu import pools

from journal import bell


def _use(url: str) -> None:
    """Celery forgets its connections and takes this broker from now on."""
    current_app.conf.broker_url = current_app.conf.broker_write_url = url
    current_app.conf.broker_read_url = url
    pools.reset()
    current_app._pool = None
    current_app.amqp._producer_pool = None
    bell._quiet_until = 0.0


@contextmanager
def _broker(url: str) -> Iterator[None]:
    usual = current_app.conf.broker_url
    _use(url)
    try:
        yield
    finally:
        _use(usual)


@contextmanager
def broker_down() -> Iterator[None]:
    """Nobody listens."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        with _broker(f"redis://127.0.0.1:{taken.getsockname()[1]}/0"):
            yield


@contextmanager
def broker_frozen() -> Iterator[None]:
    """It takes the connection and never answers."""
    silent = socket.create_server(("127.0.0.1", 0))
    with silent, _broker(f"redis://127.0.0.1:{silent.getsockname()[1]}/0"):
        yield
