"""The logo: by its content, for its own account alone."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import Logo
from accounts.pictures import NotAPicture, Picture, picture_of
from journal.models import Event
from tests.panel.reports.pictures import jpeg, png
from tests.people import People

CHANGE = "/account/logo/change/"


def test_what_a_picture_is() -> None:
    assert picture_of(png(30, 20)) == Picture("image/png", 30, 20)
    assert picture_of(jpeg(40, 10)) == Picture("image/jpeg", 40, 10)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        b"GIF89a" + b"\0" * 40,
        png(30, 20)[:-4],
        png(30, 20).replace(b"IHDR", b"IHDX"),
        png(30, 20)[:30] + b"\0" + png(30, 20)[31:],
        png(0, 20),
        b"\xff\xd8\xff\xd9",
        jpeg(40, 10)[:8],
        b"\xff\xd8\xff\xe0" + b"\0" * 10 + b"\xff\xd9",
    ],
)
def test_what_none_is(content: bytes) -> None:
    with pytest.raises(NotAPicture):
        picture_of(content)


def test_an_owner_uploads_it_and_a_stranger_sees_nothing(people: People) -> None:
    assert people.viewer.get("/account/logo/").status_code == 404
    for content, sentence in (
        (b"<html>", "This is not a PNG or JPEG picture"),
        (png(2001, 1), "larger than 2000 pixels"),
        (png(10, 10) + b"\0" * 200_000, "larger than 200 kB"),
    ):
        answer = people.owner.post(CHANGE, {"logo": SimpleUploadedFile("logo.png", content)})
        assert answer.status_code == 422 and sentence in answer.content.decode()
    assert not Logo.objects.exists()
    answer = people.owner.post(CHANGE, {"logo": SimpleUploadedFile("x.svg", png(60, 20))})
    assert answer.status_code == 302
    shown = people.viewer.get("/account/logo/")
    assert (shown["Content-Type"], shown.content) == ("image/png", png(60, 20))
    assert shown["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert shown["X-Content-Type-Options"] == "nosniff"
    assert people.stranger.get("/account/logo/").status_code == 404
    assert 'src="/account/logo/"' in people.viewer.get("/reports/licences/").content.decode()
    assert people.manager.post("/account/logo/remove/").status_code == 403
    assert people.owner.post("/account/logo/remove/").status_code == 302
    assert people.viewer.get("/account/logo/").status_code == 404
    kinds = list(Event.objects.order_by("pk").values_list("kind", flat=True))
    assert kinds[-2:] == ["account.logo_changed", "account.logo_removed"]
