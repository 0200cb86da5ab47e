"""Subscriptions by words of their licence and their service."""

from django.db.models import Q

from common.folding import fold
from tenants.finding import NOTHING


def bought(text: str) -> Q:
    """Each word stands in the licence's name or in a name of the service; or Microsoft's id."""
    words = fold(text).split()
    if not words:
        return NOTHING
    each = [Q(folded__contains=word) | Q(tenant__folded__contains=word) for word in words]
    return Q(*each) | Q(microsoft_id__iexact=text)
