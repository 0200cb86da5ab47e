"""The first two pages: the code from the terminal, and the first person of staff."""

from allauth.account.internal.flows.reauthentication import reauthenticate_by_password
from django.contrib.auth import login
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.forms import show_refusal
from common.refusals import Impossible
from panel.first_run import codes, services
from panel.first_run.access import is_operator, open_setup
from panel.first_run.forms import CodeForm, PersonForm
from panel.first_run.steps import next_url

KEY = "setup"
"""Of the session: the secret that this browser got for the code."""
BACKEND = "django.contrib.auth.backends.ModelBackend"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def setup(request: HttpRequest) -> HttpResponse:
    """The code; who is known already goes on where the wizard was left."""
    row = open_setup()
    if is_operator(request):
        return redirect(next_url(row))
    if request.user.is_authenticated:
        raise Http404
    if services.operators_exist():
        return redirect_to_login(request.path)
    if codes.holds(row, request.session.get(KEY, "")):
        return redirect("panel:setup_person")
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            secret = codes.enter(form.cleaned_data["code"])
        except Impossible as refusal:
            show_refusal(form, refusal)
        else:
            request.session.cycle_key()
            request.session[KEY] = secret
            return redirect("panel:setup_person")
    status = 422 if form.errors else 200
    return render(request, "panel/first_run/code.html", {"form": form}, status=status)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def person(request: HttpRequest) -> HttpResponse:
    """The operator, signed in at once; the second factor follows where staff must have one."""
    row = open_setup()
    secret = request.session.get(KEY, "")
    if request.user.is_authenticated or not codes.holds(row, secret):
        return redirect("panel:setup")
    form = PersonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            made = services.create_operator(
                secret=secret,
                email=given["email"],
                password=given["password"],
                language=(get_language() or "en")[:2],
            )
        except Impossible as refusal:
            show_refusal(form, refusal)
        else:
            login(request, made, backend=BACKEND)
            reauthenticate_by_password(request)  # so the factor need not ask again
            return redirect("panel:setup")
    status = 422 if form.errors else 200
    return render(request, "panel/first_run/person.html", {"form": form}, status=status)
