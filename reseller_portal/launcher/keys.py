"""The secrets of an installation: made once, kept in its folder, readable by its owner only."""

import json
import os
import secrets
from pathlib import Path

from cryptography.fernet import Fernet


def load(home: Path) -> dict[str, str]:
    """`SECRET_KEY` and `FIELD_ENCRYPTION_KEYS` of this installation, made on first use."""
    file = home / "secrets.json"
    if file.exists():
        kept: dict[str, str] = json.loads(file.read_text())
        return kept
    made = {
        "SECRET_KEY": secrets.token_urlsafe(50),
        "FIELD_ENCRYPTION_KEYS": Fernet.generate_key().decode(),
    }
    write_private(file, json.dumps(made, indent=2))
    return made


def write_private(file: Path, text: str) -> None:
    """Writes the file whole or not at all, for its owner's eyes."""
    fresh = file.with_name(f"{file.name}.new")
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as stream:
        stream.write(text)
    fresh.replace(file)
