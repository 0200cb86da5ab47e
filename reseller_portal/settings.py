"""All settings, read top to bottom. What differs between machines comes from the environment."""

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import django_stubs_ext
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _
from environs import Env

from reseller_portal.operations import DAILY, OPERATIONS

django_stubs_ext.monkeypatch()

env = Env()

BASE_DIR = Path(__file__).resolve().parent.parent
PORTAL_HOME = Path(env.str("PORTAL_HOME", ".portal")).resolve()

# --- The site -----------------------------------------------------------------------------
SECRET_KEY = env.str("SECRET_KEY")
DEBUG = env.bool("DEBUG", False)
PORTAL_URL = env.str("PORTAL_URL", "http://127.0.0.1:8000").rstrip("/")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", ["127.0.0.1", "localhost"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", [PORTAL_URL])
SANDBOX_URL = env.str("SANDBOX_URL", "").rstrip("/")
"""Set: Microsoft and OVH are the local sandbox, and its clock is trusted."""

ROOT_URLCONF = "reseller_portal.urls"
WSGI_APPLICATION = "reseller_portal.wsgi.application"
# Also where tables are made straight from the models, as in tests.
PGTRIGGER_INSTALL_ON_MIGRATE = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "django_filters",
    "django_htmx",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "pgtrigger",
    "rest_framework",
    "common",
    "journal",
    "accounts",
    "notices",
    "connections",
    "tenants",
    "subscriptions",
    "dnsconfig",
    "sync",
    "cashback",
    "orders",
    "inbox",
    "panel",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "accounts.middleware.ZoneMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "common.dialog.DialogMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "accounts.middleware.EndedSessionMiddleware",
    "accounts.middleware.SeenMiddleware",
    "accounts.impersonation.middleware.VisitMiddleware",
    "accounts.second_factor.middleware.SecondFactorMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "panel.context.frame",
            ],
        },
    },
]

# --- Engines ------------------------------------------------------------------------------
DATABASES = {
    "default": {
        **env.dj_db_url("DATABASE_URL", "postgres://postgres@127.0.0.1:5432/portal"),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }
}
REDIS_URL = env.str("REDIS_URL", "redis://127.0.0.1:6379/0")
CACHES = {
    "default": {
        "BACKEND": "common.cache.ForgivingRedisCache",
        "LOCATION": REDIS_URL,
        "OPTIONS": {"socket_connect_timeout": 0.5, "socket_timeout": 0.5},
    }
}
CELERY_BROKER_URL = REDIS_URL
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "socket_connect_timeout": 1,
    "socket_timeout": 1,
    "retry_on_timeout": False,
    # Bells need no receipt, the sweep rings again; and a worker that wants to give one while the
    # broker is away ends, or hangs, instead of connecting anew.
    "ack_emulation": False,
}
CELERY_TASK_PUBLISH_RETRY_POLICY = {
    "max_retries": 0,
    "interval_start": 0,
    "interval_step": 0.1,
    "interval_max": 0.1,
}
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_SERIALIZER = "json"
CELERY_TIMEZONE = "UTC"
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
# A lost broker does not end what is being done: the journal decides, not the broker.
CELERY_WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS = False

# --- People -------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "panel:home"
ACCOUNT_ADAPTER = "accounts.signin.PortalAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_SIGNUP_FORM_CLASS = "accounts.forms.SignupExtraForm"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_CONFIRM_EMAIL_ON_GET = False
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", 0)
"""Balancers before the portal that add to X-Forwarded-For; without it all people seem one."""
ACCOUNT_DEFAULT_HTTP_PROTOCOL = urlsplit(PORTAL_URL).scheme
MFA_ADAPTER = "accounts.second_factor.adapter.PortalFactors"
MFA_FORMS = {
    "authenticate": "accounts.second_factor.forms.AuthenticateForm",
    "reauthenticate": "accounts.second_factor.forms.ReauthenticateForm",
    "add_webauthn": "accounts.second_factor.forms.AddPasskeyForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = urlsplit(PORTAL_URL).scheme != "https"
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_TOTP_TOLERANCE = 1
STAFF_SECOND_FACTOR = env.bool("STAFF_SECOND_FACTOR", not SANDBOX_URL)
"""Staff without a second factor sees no page but the one that sets it up."""

# --- Languages and time -------------------------------------------------------------------
LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("fr", _("French"))]
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

# --- Safety -------------------------------------------------------------------------------
SECURE = urlsplit(PORTAL_URL).scheme == "https"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SESSION_COOKIE_HTTPONLY = True
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SECURE else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
FIELD_ENCRYPTION_KEYS: list[str] = env.list("FIELD_ENCRYPTION_KEYS")
"""Fernet keys, newest first; older ones still decrypt."""

# --- Static files -------------------------------------------------------------------------
STATIC_URL = "static/"
STATIC_ROOT = env.path("STATIC_ROOT", PORTAL_HOME / "static")
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": env.str(
            "STATICFILES_BACKEND", "whitenoise.storage.CompressedManifestStaticFilesStorage"
        )
    },
}

# --- Mail ---------------------------------------------------------------------------------
_mail = env.dj_email_url("EMAIL_URL", "smtp://127.0.0.1:8025")
EMAIL_BACKEND = _mail["EMAIL_BACKEND"]
EMAIL_HOST = _mail["EMAIL_HOST"]
EMAIL_PORT = _mail["EMAIL_PORT"]
EMAIL_HOST_USER = _mail["EMAIL_HOST_USER"]
EMAIL_HOST_PASSWORD = _mail["EMAIL_HOST_PASSWORD"]
EMAIL_USE_TLS = _mail.get("EMAIL_USE_TLS", False)
EMAIL_USE_SSL = _mail.get("EMAIL_USE_SSL", False)
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", "Reseller Portal <portal@portal.example>")
SUPPORT_URL = env.str("SUPPORT_URL", "")
COMMUNITY_URL = env.str("COMMUNITY_URL", "https://techcommunity.microsoft.com/")

# --- Microsoft, OVH, DNS: ports ------------------------------------------------------------
# What the sandbox knows; with it nothing is to be configured.
_demo = {
    "MICROSOFT_TENANT_ID": "2b1d6a8e-5d0c-4c53-9b5e-5f0a6c1d7e01",
    "MICROSOFT_CLIENT_ID": "7c1f3a52-0c5e-4b39-9a6d-3f9f0d1b2a01",
    "MICROSOFT_CLIENT_SECRET": "sandbox-client-secret",
    "MICROSOFT_REFRESH_TOKEN": "sandbox-refresh-token",
    "GDAP_SECURITY_GROUP": "5ec0de00-0000-4000-8000-000000000001",
}
_known = _demo if SANDBOX_URL else dict.fromkeys(_demo, "")
PARTNER_CENTER: dict[str, dict[str, Any]] = {
    "eu": {
        "BACKEND": env.str("PARTNER_CENTER_BACKEND", "partnercenter.rest.RestPartnerCenter"),
        "TOKEN_STORE": "connections.store.RefreshTokens",
        "BUDGET": "connections.budget.SharedBudget",
        "CLOUD": env.str("MICROSOFT_CLOUD", "worldwide"),
        "OPTIONS": {
            "tenant_id": env.str("MICROSOFT_TENANT_ID", _known["MICROSOFT_TENANT_ID"]),
            "client_id": env.str("MICROSOFT_CLIENT_ID", _known["MICROSOFT_CLIENT_ID"]),
            "client_secret": env.str("MICROSOFT_CLIENT_SECRET", _known["MICROSOFT_CLIENT_SECRET"]),
            "refresh_token": env.str("MICROSOFT_REFRESH_TOKEN", _known["MICROSOFT_REFRESH_TOKEN"]),
            "authority": SANDBOX_URL or "https://login.microsoftonline.com",
            "partner_center": SANDBOX_URL or "https://api.partnercenter.microsoft.com",
            "graph": f"{SANDBOX_URL or 'https://graph.microsoft.com'}/v1.0",
            "prices": SANDBOX_URL or "https://api.partner.microsoft.com",
            # The sandbox signs its events with certificates of its own.
            "webhook_roots_url": f"{SANDBOX_URL}/_sandbox/webhook-root.pem" if SANDBOX_URL else "",
            "webhook_certificate_hosts": (urlsplit(SANDBOX_URL).netloc,) if SANDBOX_URL else (),
        },
    },
}
MICROSOFT_CALLS_PER_MINUTE = env.int("MICROSOFT_CALLS_PER_MINUTE", 480)
"""For each of the resources that Microsoft counts; it takes 500 and counts other programs too."""
MPN_GRACE_DAYS = env.int("MPN_GRACE_DAYS", 30)
"""Services run on for so long after their MPN ID has stopped being valid."""
MPN_WARNING_DAYS: list[int] = env.list("MPN_WARNING_DAYS", [14, 7, 1], subcast=int)
"""Days before the end of that grace at which owners and staff are warned once more."""
MPN_SUSPEND_AT_MICROSOFT = env.bool("MPN_SUSPEND_AT_MICROSOFT", False)
"""Also suspend the subscriptions at Microsoft then: users are locked out, billing goes on."""
GDAP_SECURITY_GROUP = env.str("GDAP_SECURITY_GROUP", _known["GDAP_SECURITY_GROUP"])
"""Security group of the provider's tenant that receives the granted roles."""

ZONE_PROVIDERS: dict[str, dict[str, Any]] = {
    "ovh": {
        "BACKEND": "dnsconfig.providers.ovh.OvhZones",
        "OPTIONS": {
            "endpoint": f"{SANDBOX_URL}/1.0" if SANDBOX_URL else env.str("OVH_ENDPOINT", "ovh-eu"),
            # For each consumer key, by all workers together; OVH calls 60 fair. 0: not counted.
            "calls_per_minute": env.int("OVH_CALLS_PER_MINUTE", 0 if SANDBOX_URL else 60),
        },
    },
    "rfc2136": {
        "BACKEND": "dnsconfig.providers.rfc2136.Rfc2136Zones",
        "OPTIONS": {
            "private_addresses": env.bool("RFC2136_PRIVATE_ADDRESSES", bool(SANDBOX_URL)),
        },
    },
    "by_hand": {"BACKEND": "dnsconfig.providers.by_hand.ZonesByHand", "OPTIONS": {}},
    "embedded": {"BACKEND": "dnsconfig.providers.embedded.EmbeddedZones", "OPTIONS": {}},
}
ZONES_DNS_PORT = env.int("ZONES_DNS_PORT", 8054)
"""Where `manage.py serve_zones` listens, UDP and TCP."""
ZONES_PRIVATE_SECONDARIES = env.bool("ZONES_PRIVATE_SECONDARIES", bool(SANDBOX_URL))
"""Whether secondaries of own zones may be in the provider's own network."""
DNS_ROOTS: list[str] = env.list("DNS_ROOTS", [])
"""Addresses of root servers; empty means the internet's."""
DNS_PORT = env.int("DNS_PORT", 53)

# --- Personal data: see docs/personal-data.md ------------------------------------------------
RETENTION_CONTACT_DAYS = env.int("RETENTION_CONTACT_DAYS", 3 * 365)
"""The customer's contact is erased so long after the last subscription of a service ended."""
RETENTION_MAIL_DAYS = env.int("RETENTION_MAIL_DAYS", 180)
"""So long it is known what was mailed to whom."""

JOURNAL_OPERATIONS = OPERATIONS
JOURNAL_DAILY = DAILY

# --- REST ---------------------------------------------------------------------------------
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["accounts.tokens.TokenAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_PAGINATION_CLASS": "common.rest.Pages",
    "DEFAULT_FILTER_BACKENDS": ["django_filters.rest_framework.DjangoFilterBackend"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "common.rest.problem",
    "COERCE_DECIMAL_TO_STRING": True,
    "UNAUTHENTICATED_USER": None,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Reseller Portal",
    "DESCRIPTION": "Order and run Microsoft 365 for end customers.",
    "VERSION": "1",
    "OAS_VERSION": "3.1.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_PERMISSIONS": ["rest_framework.permissions.AllowAny"],
    "SERVE_AUTHENTICATION": [],
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "REDOC_DIST": "SIDECAR",
    "SCHEMA_PATH_PREFIX": r"/api/v1",
    "COMPONENT_SPLIT_REQUEST": True,
    "ENUM_NAME_OVERRIDES": {
        "EndChoice": "subscriptions.models.EndChoice",
        "ChangeKind": "subscriptions.api.values.KINDS",
        "WaitingChangeState": "subscriptions.api.approvals.STATE_NAMES",
        "OrderKind": "orders.models.OrderKind",
        "DelegationStateEnum": "tenants.models.DelegationState",
    },
}

# --- Logs ---------------------------------------------------------------------------------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", "INFO")},
    "loggers": {"httpx": {"level": "WARNING"}, "msal": {"level": "WARNING"}},
}
