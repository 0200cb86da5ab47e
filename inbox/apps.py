from django.apps import AppConfig
from django.db.models.signals import post_save


class InboxConfig(AppConfig):
    name = "inbox"

    def ready(self) -> None:
        from inbox.intake import event_written
        from journal.models import Event

        post_save.connect(event_written, sender=Event, dispatch_uid="inbox")
