"""Microsoft's special terms: which ones hold for a customer, and their acceptance."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext as _

from common.refusals import Impossible
from common.segments import Segment
from journal.people import By
from tenants.models import SpecialTerms, Tenant, TermsAcceptance


@dataclass(frozen=True)
class Terms:
    """What is shown to the person who accepts."""

    segment: str
    url: str
    version: str

    @property
    def label(self) -> str:
        return str(dict(Segment.choices).get(self.segment, self.segment))


DOCUMENTS: Final = "https://www.microsoft.com/licensing/docs"
SHIPPED: Final = {
    Segment.EDUCATION.value: Terms(Segment.EDUCATION.value, DOCUMENTS, "1"),
    Segment.NONPROFIT.value: Terms(
        Segment.NONPROFIT.value, "https://www.microsoft.com/nonprofits/eligibility", "1"
    ),
}
"""Until staff enters the document of a language and region in the admin."""


def terms_of(*, segment: str, language: str, region: str) -> Terms | None:
    """The terms of a segment in a language and a region, else the nearest; None: it has none."""
    rows = SpecialTerms.objects.filter(
        segment=segment, language__in=(language, "en", ""), region__in=(region, "")
    )
    near = sorted(rows, key=lambda row: (row.region == "", _distance(row.language, language)))
    if near:
        return Terms(segment, near[0].url, near[0].version)
    return SHIPPED.get(segment)


def _distance(written: str, wanted: str) -> int:
    return [wanted, "", "en"].index(written) if written in (wanted, "", "en") else 3


def still_to_accept(*, tenant: Tenant, segments: Iterable[str], language: str) -> list[Terms]:
    """The terms that nobody has accepted for this customer in the version that holds."""
    accepted = set(tenant.accepted_terms.values_list("segment", "version"))
    wanted = [
        terms_of(segment=segment, language=language, region=tenant.market)
        for segment in sorted(set(segments))
    ]
    return [terms for terms in wanted if terms and (terms.segment, terms.version) not in accepted]


def need_accepted(
    *, tenant: Tenant, segments: Iterable[str], language: str, accepted: Iterable[tuple[str, str]]
) -> list[Terms]:
    """The terms that the person accepts with this very wish, given as segment and version.

    Raises Impossible beside the field `terms_<segment>` for terms that are not accepted.
    """
    given = set(accepted)
    waiting = still_to_accept(tenant=tenant, segments=segments, language=language)
    missing = [terms for terms in waiting if (terms.segment, terms.version) not in given]
    if missing:
        text = _("Read and accept Microsoft's special terms (version %(version)s) first.")
        raise Impossible.several(
            {f"terms_{terms.segment}": text % {"version": terms.version} for terms in missing}
        )
    return waiting


def accept(*, tenant: Tenant, terms: Terms, by: By) -> None:
    """Record the acceptance with version, person and time. Call it in the order's transaction."""
    TermsAcceptance.objects.get_or_create(
        tenant=tenant,
        segment=terms.segment,
        version=terms.version,
        defaults={"url": terms.url, "accepted_by": by.label, "accepted_by_id": by.user_id},
    )


def overview(*, tenant: Tenant, language: str) -> list[dict[str, Any]]:
    """The special terms of each segment that has any, and who has accepted this version."""
    accepted = {(row.segment, row.version): row for row in tenant.accepted_terms.all()}
    found = []
    for segment in Segment:
        terms = terms_of(segment=segment.value, language=language, region=tenant.market)
        if terms is None:
            continue
        row = accepted.get((terms.segment, terms.version))
        found.append(
            {
                "segment": terms.segment,
                "label": terms.label,
                "version": terms.version,
                "url": terms.url,
                "accepted_by": row.accepted_by if row else "",
                "accepted_at": row.accepted_at if row else None,
            }
        )
    return found
