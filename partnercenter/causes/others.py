"""The provider's own standing, tokens, Microsoft's failures, and what is not sold here."""

from typing import Final

from django.utils.translation import gettext_noop

from partnercenter.causes.cause import Cause, Family

OTHERS: Final = (
    Cause(
        family=Family.OPERATOR,
        codes="1002 2030 2032 400 600006 800043 900119 900124 900137 900138 900223",
        text=gettext_noop("Microsoft does not allow the provider this: its programme or rights."),
    ),
    Cause(
        family=Family.OPERATOR,
        codes="800001 900125 900329 900420 900316 90000 900309 900150 900308",
        text=gettext_noop("Microsoft does not accept the portal's sign-in or its rights for this."),
    ),
    Cause(
        family=Family.DATA,
        codes="2000 2100 3000 800002 900126",
        text=gettext_noop("Microsoft does not understand this request."),
    ),
    Cause(
        family=Family.MISSING,
        codes="1000",
        text=gettext_noop("Microsoft does not know this (any more)."),
    ),
    Cause(
        family=Family.UNKNOWN,
        codes="0 800003 900192 60000",
        text=gettext_noop("Microsoft answered with an error of its own."),
    ),
    Cause(
        family=Family.BUSY,
        codes="900101 900104 900109 900112 900113",
        text=gettext_noop("Microsoft is still carrying out a transfer or an upgrade."),
    ),
    Cause(
        family=Family.ELSEWHERE,
        codes=(
            "800011 800013 800030 800068 800078 800080 800111 800112 800114 800115 900100 900102 "
            "900103 900105 900106 900107 900108 900110 900111 900114 900115 900116 900120 900122 "
            "900128 900129 900130 900131 900132 900133 900134 900135 900136 900139 900140 900145 "
            "900146 900147 900148 900215 900216 900217 900218 900219 900220 900221 900222 900224 "
            "900225 900226 900247 900248 900262 900291 900292 900312 900313 900314 900315 900317 "
            "900318 900321 900323"
        ),
        text=gettext_noop("Microsoft refuses: this concerns Azure, a transfer or a migration."),
    ),
)
