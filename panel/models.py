"""What the panel itself keeps."""

from panel.bulk.models import BulkJob, BulkRow, JobState, RowState
from panel.exports.models import ExportFile
from panel.first_run.models import HiddenGuide, Setup
from panel.palette.models import PinnedTenant

__all__ = [
    "BulkJob",
    "BulkRow",
    "ExportFile",
    "HiddenGuide",
    "JobState",
    "PinnedTenant",
    "RowState",
    "Setup",
]
