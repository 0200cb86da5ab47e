"""No English word in the admin of a French member of staff."""

from django.conf import settings

from accounts.models import User
from tenants.models import Tenant
from tests.people import People
from tests.walk.pages import admin_pages
from tests.walk.pseudo import LANGUAGE, marked
from tests.walk.test_untranslated import english


def test_every_word_of_the_admin_can_be_translated(people: People, everything: Tenant) -> None:
    User.objects.update(language=LANGUAGE)
    people.staff.cookies[settings.LANGUAGE_COOKIE_NAME] = LANGUAGE
    found: dict[str, set[tuple[str, str]]] = {}
    pages = admin_pages()
    with marked():
        for page in pages:
            answer = people.staff.get(page.url)
            assert answer.status_code == 200, page
            if words := english(answer.content.decode()):
                found[page.url] = words
    import json; json.dump({k: sorted(v) for k, v in found.items()}, open('/tmp/words_found.json','w'), indent=1)
    assert len(pages) > 80
    assert not found
