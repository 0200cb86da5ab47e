"""Ending sessions of browsers."""

from importlib import import_module

from django.conf import settings

from accounts.models import BrowserSession, User


def end_session(*, session: BrowserSession) -> None:
    """Whoever sits there is signed out at the next click."""
    import_module(settings.SESSION_ENGINE).SessionStore().delete(session.session_key)
    session.delete()


def end_other_sessions(*, user: User, session_key: str) -> int:
    """All of the person's but this one; returns how many let somebody in."""
    others = BrowserSession.objects.filter(user=user).exclude(session_key=session_key)
    count = others.open().count()
    for session in others:
        end_session(session=session)
    return count
