"""Who may use the wizard: nobody when it is closed, else the operator alone."""

from django.http import Http404, HttpRequest

from accounts.models import User
from panel.first_run.models import Setup


def open_setup() -> Setup:
    """Raises Http404 while there is nothing to set up, for everybody."""
    setup = Setup.open()
    if setup is None:
        raise Http404
    return setup


def is_operator(request: HttpRequest) -> bool:
    user = request.user
    return isinstance(user, User) and user.is_active and user.is_staff and user.is_superuser


def operator_of(request: HttpRequest) -> User:
    """Raises Http404 for anybody else who has signed in."""
    if not is_operator(request):
        raise Http404
    assert isinstance(request.user, User)
    return request.user
