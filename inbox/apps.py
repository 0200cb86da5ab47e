from django.apps import AppConfig
from django.db.models.signals import post_save
from django.utils.translation import gettext_lazy as _


class InboxConfig(AppConfig):
    name = "inbox"
    verbose_name = _("Notifications")

    def ready(self) -> None:
        from inbox.intake import event_written
        from journal.models import Event

        post_save.connect(event_written, sender=Event, dispatch_uid="inbox")
