"""Views of lists that a person keeps."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.access import Actor
from accounts.models import SavedView, User
from common.refusals import Impossible

MOST = 50
"""Of one list, per person: the page shows them all."""
LONGEST = 1000


@transaction.atomic
def save_view(*, actor: Actor, listing: str, name: str, query: str) -> SavedView:
    """Keep what is asked of a list under a name; the same name again replaces it.

    Raises Impossible for one too many, or a query too long to be kept.
    """
    if len(query) > LONGEST:
        raise Impossible(_("These filters are too long to be saved."), field="name")
    User.objects.select_for_update().get(pk=actor.user.pk)  # two at once are counted in turn
    mine = SavedView.objects.filter(user=actor.user, account=actor.account, list=listing)
    if mine.exclude(name=name).count() >= MOST:
        text = _("You have saved %(most)s views of this list. Delete one first.")
        raise Impossible(text % {"most": MOST}, field="name")
    view, _new = mine.update_or_create(
        name=name,
        defaults={"query": query},
        create_defaults={
            "user": actor.user,
            "account": actor.account,
            "list": listing,
            "query": query,
        },
    )
    return view


def delete_view(*, view: SavedView) -> None:
    """Forget a saved view; the rows it showed stay."""
    view.delete()
