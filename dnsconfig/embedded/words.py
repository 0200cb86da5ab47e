"""The words for what may not stand in an own zone."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dnsconfig.embedded.rules import Clash

_CLASHES: dict[str, str | Promise] = {
    "outside": _("%(name)s is not in this zone."),
    "apex": _("The portal writes the SOA and NS records of a zone itself."),
    "type": _("Records of type %(kind)s cannot be kept here."),
    "long": _("%(name)s: the name or the value is too long."),
    "ttl": _("%(name)s: the TTL must be between 0 and 2147483647 seconds."),
    "ttls": _("%(name)s: all records of type %(kind)s need the same TTL."),
    "value": _("%(name)s: this is no valid value of type %(kind)s."),
    "alias": _("%(name)s: an alias (CNAME) must be alone at its name."),
    "apex_alias": _("%(name)s: the top of a zone cannot be an alias (CNAME)."),
    "twice": _("%(name)s: there can be only one record of type %(kind)s at a name."),
}


def clash(error: Clash) -> str:
    return str(_CLASHES[error.code]) % {"name": error.name, "kind": error.kind}
