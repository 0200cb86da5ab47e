"""The portal's routes and the floor: a view that does nothing."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from reseller_portal.urls import urlpatterns as portal


def empty(_request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok")


urlpatterns = [path("empty", empty), *portal]
