"""All routes of OVH's API."""

from sandbox.ovh import credentials, history, quirks, record_calls, zone_calls

RULES = [
    *credentials.RULES,
    *zone_calls.RULES,
    *record_calls.RULES,
    *history.RULES,
    *quirks.RULES,
]
