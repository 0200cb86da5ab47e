"""API tokens of an account."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import tokens
from accounts.access import Actor
from accounts.models import Role, Token
from accounts.services.account import record
from common.refusals import Impossible
from journal.people import By


@transaction.atomic
def create_token(*, actor: Actor, name: str, role: str) -> tuple[Token, str]:
    """A token of this person and its secret, which nobody can read again.

    Raises Impossible for a role above the person's own.
    """
    if not actor.may(Role(role)):
        raise Impossible(_("A token may do at most what you may do."), field="role")
    token, secret = tokens.create(account=actor.account, user=actor.user, name=name, role=role)
    record(actor.account, "token.created", actor.by, token=token.prefix, name=name, role=role)
    return token, secret


@transaction.atomic
def revoke_token(*, token: Token, by: By) -> bool:
    """It opens nothing any more; False when it did not before."""
    if not token.revoke():
        return False
    record(token.account, "token.revoked", by, token=token.prefix, name=token.name)
    return True
