"""What the panel itself keeps."""

from panel.bulk.models import BulkJob, BulkRow, JobState, RowState
from panel.exports.models import ExportFile
from panel.palette.models import PinnedTenant

__all__ = ["BulkJob", "BulkRow", "ExportFile", "JobState", "PinnedTenant", "RowState"]
