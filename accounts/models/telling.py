"""How a person wants to be told what happens in an account."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models.members import Membership


class Topic(models.TextChoices):
    ORDERS = "orders", _("Orders")
    APPROVALS = "approvals", _("Orders and changes that wait for your approval")
    SUBSCRIPTIONS = "subscriptions", _("Subscriptions and renewals")
    WINDOWS = "windows", _("Refund windows that close")
    COMPLIANCE = "compliance", _("MPN IDs and suspended services")
    DELEGATIONS = "delegations", _("Delegations, rights and qualification")
    DOMAINS = "domains", _("Domains and their health")
    SECURITY = "security", _("Security: people, tokens, second factors")
    REPORTS = "reports", _("Reports and exports")
    PLATFORM = "platform", _("This portal")


class Way(models.TextChoices):
    """Everything that is told at all stands in the portal too."""

    PORTAL = "portal", _("In the portal only")
    MAIL = "mail", _("Also by mail at once")
    DAILY = "daily", _("Also in a daily digest")
    WEEKLY = "weekly", _("Also in a weekly digest")
    NOTHING = "nothing", _("Nothing")


class TopicChoice(models.Model):
    """What one person chose for a topic in one account; without it the role's default holds."""

    membership = models.ForeignKey(
        Membership,
        on_delete=models.CASCADE,
        related_name="topic_choices",
        verbose_name=_("membership"),
    )
    topic = models.CharField(_("topic"), max_length=20, choices=Topic)
    way = models.CharField(_("way"), max_length=10, choices=Way)

    class Meta:
        ordering = ["membership", "topic"]
        verbose_name = _("choice of notifications")
        verbose_name_plural = _("choices of notifications")
        constraints = [
            models.UniqueConstraint(name="one_choice_per_topic", fields=["membership", "topic"]),
        ]

    def __str__(self) -> str:
        return f"{self.get_topic_display()}: {self.get_way_display()}"


class Snooze(models.Model):
    """Quiet until a moment about a topic, or about one thing."""

    membership = models.ForeignKey(
        Membership, on_delete=models.CASCADE, related_name="snoozes", verbose_name=_("membership")
    )
    topic = models.CharField(_("topic"), max_length=20, choices=Topic, blank=True)
    place = models.CharField(_("about"), max_length=80, blank=True)
    """Where events are listed, e.g. `tenant:4`."""
    until = models.DateTimeField(_("quiet until"))

    class Meta:
        ordering = ["until"]
        verbose_name = _("snooze")
        verbose_name_plural = _("snoozes")
        constraints = [
            models.UniqueConstraint(
                name="one_snooze_per_thing", fields=["membership", "topic", "place"]
            ),
            models.CheckConstraint(
                name="snooze_of_something", condition=~models.Q(topic="", place="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_topic_display() if self.topic else self.place} > {self.until:%Y-%m-%d}"

    def covers(self, topic: str, place: str) -> bool:
        return self.topic == topic if self.topic else self.place == place
