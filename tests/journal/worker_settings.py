"""The portal's settings for a real worker on the database of a test."""

import os

from reseller_portal.settings import *  # noqa: F403
from reseller_portal.settings import DATABASES, JOURNAL_OPERATIONS

DATABASES["default"]["NAME"] = os.environ["TEST_DATABASE"]
JOURNAL_OPERATIONS = {**JOURNAL_OPERATIONS, "try.slow": "tests.journal.slow.slow"}
