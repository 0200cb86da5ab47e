from django.apps import AppConfig


class DnsConfigConfig(AppConfig):
    name = "dnsconfig"
