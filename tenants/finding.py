"""Services by words of their names."""

from django.db.models import Q

from common.folding import fold

NOTHING = Q(pk__in=[])


def named(text: str, *, through: str = "") -> Q:
    """Tenants with every word of the text in display name, internal name or company.

    `through` leads to the tenant from another row, e.g. `tenant__`. Without any word: none.
    """
    words = fold(text).split()
    if not words:
        return NOTHING
    return Q(*[Q((f"{through}folded__contains", word)) for word in words])
