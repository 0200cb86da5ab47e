"""Every report there is, in the order of the menu."""

from typing import Final

from panel.reports.cashback import CASHBACK
from panel.reports.changes import CHANGES
from panel.reports.licences import LICENCES, SERVICES
from panel.reports.margins import MARGINS
from panel.reports.report import Report
from panel.reports.seats import SEATS

REPORTS: Final[dict[str, Report]] = {
    report.name: report for report in (LICENCES, SERVICES, SEATS, CASHBACK, CHANGES, MARGINS)
}
