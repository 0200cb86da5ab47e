"""SPF records (RFC 7208): read, merged, repaired, counted."""

from dnsconfig.spf.merge import merge, unite
from dnsconfig.spf.syntax import VERSION, Spf, SpfError, Term, is_spf, parse

__all__ = ["VERSION", "Spf", "SpfError", "Term", "is_spf", "merge", "parse", "unite"]
