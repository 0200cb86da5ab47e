"""System health for staff: what stands, what does not, and what to do about it.

The page `/staff/health/` and `manage.py doctor` say the same.
"""

from panel.doctor.findings import Finding, State
from panel.doctor.rounds import Examination, examination, examine

__all__ = ["Examination", "Finding", "State", "examination", "examine"]
