"""What the panel itself keeps."""

from panel.bulk.models import BulkJob, BulkRow, JobState, RowState

__all__ = ["BulkJob", "BulkRow", "JobState", "RowState"]
