"""Passwords that we make for customers."""

import secrets

LETTERS = "abcdefghijkmnpqrstuvwxyz"
CAPITALS = "ABCDEFGHJKLMNPQRSTUVWXYZ"
DIGITS = "23456789"
SIGNS = "!#%+-=?@"


def generate(length: int = 16) -> str:
    """A random password with every kind of sign Entra asks for, without look-alikes."""
    kinds = [LETTERS, CAPITALS, DIGITS, SIGNS]
    rest = [secrets.choice(LETTERS + CAPITALS + DIGITS) for _n in range(length - len(kinds))]
    signs = [secrets.choice(kind) for kind in kinds] + rest
    secrets.SystemRandom().shuffle(signs)
    return "".join(signs)
