"""What the panel itself keeps."""

from panel.bulk.models import BulkJob, BulkRow, JobState, RowState
from panel.exports.models import ExportFile

__all__ = ["BulkJob", "BulkRow", "ExportFile", "JobState", "RowState"]
