from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DnsConfigConfig(AppConfig):
    name = "dnsconfig"
    verbose_name = _("DNS")
