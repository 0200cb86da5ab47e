"""The journal as staff reads it: in words, with the names of accounts and things."""

from panel.console.events import Chronicle
from panel.console.operations import Console

__all__ = ["Chronicle", "Console"]
