"""SPF records (RFC 7208): read, merged, repaired, counted."""

from dnsconfig.spf.checks import Weakness, weaknesses
from dnsconfig.spf.count import Cause, Count, Problem, TermCount, count
from dnsconfig.spf.live import count_live
from dnsconfig.spf.merge import merge, unite
from dnsconfig.spf.repair import is_broken, repair
from dnsconfig.spf.syntax import VERSION, Spf, SpfError, Term, is_spf, parse

__all__ = [
    "VERSION",
    "Cause",
    "Count",
    "Problem",
    "Spf",
    "SpfError",
    "Term",
    "TermCount",
    "Weakness",
    "count",
    "count_live",
    "is_broken",
    "is_spf",
    "merge",
    "parse",
    "repair",
    "unite",
    "weaknesses",
]
