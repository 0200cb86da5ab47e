"""What the panel itself keeps."""

from panel.bulk.models import BulkJob, BulkRow, JobState, RowState
from panel.exports.models import ExportFile
from panel.first_run.models import HiddenGuide, Setup

__all__ = ["BulkJob", "BulkRow", "ExportFile", "HiddenGuide", "JobState", "RowState", "Setup"]
