"""Settings, all from the environment; `docs/running.md` lists the variables.

Three parts, in this order: which environment it is; what is the same everywhere, with the values that an administrator
may set; and, last, all that differs between development and production. ARCHIVE_ENV=production refuses to start while a
requirement of `archive.safety` does not hold.
"""

import os
import re
from datetime import timedelta
from pathlib import Path

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.core.management.utils import get_random_secret_key
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from archive import database, logs, mail_settings, safety
from archive.access.proxies import Proxies
from archive.depot.configuration import configuration as captures_storage
from archive.page_size import LARGEST_PAGE
from archive.secret_values import secret

BASE_DIR = Path(__file__).resolve().parent.parent
SECRET_KEY_FILE = Path(os.environ.get("ARCHIVE_STATE_DIR", BASE_DIR / ".run")) / "secret_key"


def flag(name: str, default: bool) -> bool:
    """Read a yes/no variable; anything else is refused with its name."""
    value = os.environ.get(name, "").strip().lower()
    if value in ("", "1", "true", "yes", "on", "0", "false", "no", "off"):
        return default if not value else value in ("1", "true", "yes", "on")
    raise ImproperlyConfigured(f"{name} must be yes or no, not {value!r}.")


def names(name: str, default: str) -> list[str]:
    """Read a comma-separated list."""
    return [part.strip() for part in os.environ.get(name, default).split(",") if part.strip()]


def development_key() -> str:
    """Return the key that `make run` keeps beside the data, so that sign-ins outlive a restart, or one for now."""
    return SECRET_KEY_FILE.read_text() if SECRET_KEY_FILE.exists() else get_random_secret_key()


# --- Which environment

ENVIRONMENT = os.environ.get("ARCHIVE_ENV", "development")
if ENVIRONMENT not in ("development", "production"):
    raise ImproperlyConfigured(f"ARCHIVE_ENV must be development or production, not {ENVIRONMENT!r}.")
IS_PRODUCTION = ENVIRONMENT == "production"
DEBUG = flag("DEBUG", default=False)
if IS_PRODUCTION and (unmet := safety.unmet(os.environ)):
    raise ImproperlyConfigured("\n".join(unmet))
SECRET_KEY = secret(os.environ, "SECRET_KEY") or development_key()
DATABASE_URL = secret(os.environ, "DATABASE_URL") or ""

# --- The same everywhere

SITE_URL = os.environ.get("SITE_URL", "http://127.0.0.1:8000").rstrip("/")
SITE_NAME = os.environ.get("SITE_NAME", gettext_noop("Archive of Attack Reports"))  # translated where it is shown
CONTACT_EMAIL = os.environ.get("CONTACT_EMAIL", "")
SECURITY_CONTACT = os.environ.get("SECURITY_CONTACT", "").strip()  # of security.txt, where it is not CONTACT_EMAIL
if SECURITY_CONTACT and not SECURITY_CONTACT.startswith(("mailto:", "https://", "tel:")):
    raise ImproperlyConfigured("SECURITY_CONTACT must begin with mailto:, https:// or tel: (RFC 9116).")
ALLOWED_HOSTS = names("ALLOWED_HOSTS", "127.0.0.1,localhost,[::1]")
CSRF_TRUSTED_ORIGINS = names("CSRF_TRUSTED_ORIGINS", SITE_URL)

# E-mail: alerts alone. Without EMAIL_URL and EMAIL_FROM nothing is sent, and no page offers any.
MAIL = mail_settings.configuration(os.environ)
EMAIL_FROM = DEFAULT_FROM_EMAIL = MAIL["from"]
EMAIL_BACKEND = MAIL["backend"]
EMAIL_FILE_PATH = MAIL["folder"]
EMAIL_HOST, EMAIL_PORT = MAIL["host"], MAIL["port"]
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = MAIL["user"], MAIL["password"]
EMAIL_USE_SSL, EMAIL_USE_TLS = MAIL["is_tls"], MAIL["is_starttls"]
EMAIL_TIMEOUT = mail_settings.TIMEOUT

# Pages fetched from the web: how much, how long, from where, how politely. FETCH_INTERNAL opens a way into the network.
FETCH_MEGABYTES = int(os.environ.get("FETCH_MEGABYTES", "20"))
if not 1 <= FETCH_MEGABYTES <= LARGEST_PAGE / 1e6:
    raise ImproperlyConfigured(f"FETCH_MEGABYTES must be 1 to {LARGEST_PAGE / 1e6:.0f}: larger pages are not read.")
FETCH_SECONDS = float(os.environ.get("FETCH_SECONDS", "60"))
FETCH_PORTS = [int(port) for port in names("FETCH_PORTS", "80,443")]
FETCH_INTERNAL = names("FETCH_INTERNAL", "")
FETCH_HEEDS_ROBOTS = flag("FETCH_HEEDS_ROBOTS", default=True)
FETCH_DELAY = float(os.environ.get("FETCH_DELAY", "2"))

INSTALLED_APPS = [
    "archive.apps.AdminSite",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "pgtrigger",
    "django_tasks",
    "django_tasks_db",
    "pghistory",
    "django_filters",
    "axes",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
    "archive",
    "incidents",
]

MIDDLEWARE = [
    "archive.web.request_log.RequestLog",
    "archive.web.status.Status",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "archive.web.from_replicas.FromReplicas",
    "archive.web.compression.Compression",
    "archive.web.public_caching.PublicCaching",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "archive.web.middleware.LanguageOfRequest",
    "archive.web.middleware.OpenToOtherSites",
    "archive.web.middleware.OnlyRead",
    "archive.web.middleware.TooLong",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "pghistory.middleware.HistoryMiddleware",
    "archive.access.keeping.TellsWhatIsSaved",
    "axes.middleware.AxesMiddleware",
    "archive.web.faults.Away",
]

ROOT_URLCONF = "archive.urls"
WSGI_APPLICATION = "archive.wsgi.application"

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
                "archive.web.context_processors.site",
            ],
        },
    },
]

DATABASES = {
    "default": database.configuration(
        DATABASE_URL,
        secret(os.environ, "DATABASE_OWNER_URL") or "",
        data_dir=Path(os.environ.get("ARCHIVE_POSTGRES_DIR", BASE_DIR / ".postgres")),
        conn_max_age=int(os.environ.get("CONN_MAX_AGE", "60")),
    ),
}
# Readers are answered from replicas that are at most so many seconds behind; while no primary answers, so many.
REPLICAS = database.replicas(names("REPLICA_URLS", ""))
REPLICA_LAG_SECONDS = float(os.environ.get("REPLICA_LAG_SECONDS", "5"))
REPLICA_ALONE_SECONDS = float(os.environ.get("REPLICA_ALONE_SECONDS", "60"))
if not 2 <= REPLICA_LAG_SECONDS <= REPLICA_ALONE_SECONDS:
    raise ImproperlyConfigured("REPLICA_LAG_SECONDS must be 2 or more, and REPLICA_ALONE_SECONDS not less than it.")
# Caches in front (Varnish) that are told when something has changed: `manage.py purge_caches`.
CACHES_IN_FRONT = names("CACHE_PURGE_URLS", "")
# What takes too long for a page waits in a table of the same database, for `manage.py db_worker`.
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "archive.User"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
PERMISSION_TO_PUBLISH = "incidents.add_edition"  # also to show again what was withheld
ONE_PERSON_ARCHIVE = flag("ONE_PERSON_ARCHIVE", default=False)  # who made the claims may publish them
LOGIN_URL = "admin:login"
LOGIN_REDIRECT_URL = "admin:index"
BEHIND_PROXY = flag("BEHIND_PROXY", default=False)
try:
    TRUSTED_PROXIES = Proxies.read(names("TRUSTED_PROXIES", "127.0.0.1,::1,unix" if BEHIND_PROXY else ""))
except ValueError as error:
    raise ImproperlyConfigured(f"TRUSTED_PROXIES cannot be read: {error}.") from error
AXES_HANDLER = "archive.access.limits.Slowing"
AXES_CLIENT_IP_CALLABLE = "archive.access.limits.client_of"
AXES_LOCKOUT_CALLABLE = "archive.access.limits.refusal"
AXES_FAILURE_LIMIT = 10  # of one name from one address; of an address twice as many
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"], "ip_address"]
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_RESET_ON_SUCCESS = True
AXES_SENSITIVE_PARAMETERS = ["username", "ip_address", "token"]
AXES_VERBOSE = False
MESSAGE_STORAGE = "archive.access.keeping.Messages"
CSRF_FAILURE_VIEW = "archive.views.error_pages.form_expired"
OTP_REQUIRED = flag("OTP_REQUIRED", default=False)  # editors must then use a second factor
OTP_TOTP_ISSUER = SITE_NAME

PGHISTORY_APPEND_ONLY = True
PGHISTORY_MIDDLEWARE_METHODS = ("POST", "PUT", "PATCH", "DELETE")

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("ar", _("Arabic"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = "archive.formats"
TIME_ZONE = "UTC"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = Path(os.environ.get("STATIC_ROOT", BASE_DIR / "staticfiles"))
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    "captures": captures_storage(os.environ, folder=BASE_DIR / ".captures"),
}
CAPTURES_INSIDE_BYTES = int(os.environ.get("CAPTURES_INSIDE_BYTES", "1048576"))  # larger captures lie in that storage

# Fonts of pictures that are downloaded as PNG: one family, regular and bold, with both scripts (fonts-dejavu-core).
_DEJAVU = "/usr/share/fonts/truetype/dejavu/DejaVuSans"
PICTURE_FONTS = names("PICTURE_FONTS", f"{_DEJAVU}.ttf,{_DEJAVU}-Bold.ttf")
PICTURE_FONT_FAMILY = os.environ.get("PICTURE_FONT_FAMILY", "DejaVu Sans")
# What maps are drawn of: borders, and names for orientation (fixtures/outlines/README.md).
MAP_OUTLINES = Path(os.environ.get("MAP_OUTLINES", BASE_DIR / "fixtures" / "outlines" / "syria.json"))

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_PATH = CSRF_COOKIE_PATH = "/admin"  # readers never get a cookie
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "style-src": [SELF],
        "script-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "form-action": [SELF],
    },
}
PERMISSIONS_POLICY: dict[str, list[str]] = {
    feature: [] for feature in ("camera", "geolocation", "microphone", "payment", "usb", "display-capture")
}

# What the DOIs of releases begin with, as the registry gave it: 10.1234/attacks → 10.1234/attacks.2024-05-03.
DOI_PREFIX = os.environ.get("DOI_PREFIX", "").strip()
if DOI_PREFIX and not re.fullmatch(r"10\.\d{4,9}/[A-Za-z0-9._-]+", DOI_PREFIX):
    raise ImproperlyConfigured("DOI_PREFIX must be a prefix and the beginning of a suffix, as in 10.1234/attacks.")

TSA_URL = os.environ.get("TSA_URL", "")  # a time-stamp authority (RFC 3161) for `stamp_manifest`
TSA_ROOT = os.environ.get("TSA_ROOT", "")  # the file with its root certificate, PEM

# What watches the archive learns details at /readyz and, with METRICS, figures at /metrics.
try:
    MONITORS = Proxies.read(names("MONITORS", "127.0.0.1,::1,unix"))
except ValueError as error:
    raise ImproperlyConfigured(f"MONITORS cannot be read: {error}.") from error
METRICS = flag("METRICS", default=False)
METRICS_DIR = os.environ.get("PROMETHEUS_MULTIPROC_DIR", "")  # where processes of gunicorn lay their figures together

LOG_REQUESTS = flag("LOG_REQUESTS", default=IS_PRODUCTION)
LOGGING = logs.configuration(
    level=os.environ.get("LOG_LEVEL", "WARNING"), requests="INFO" if LOG_REQUESTS else "WARNING"
)

# --- What differs: in development the site runs from its sources, over http

IS_ENCRYPTED = IS_PRODUCTION and SITE_URL.startswith("https://")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = IS_ENCRYPTED
SECURE_HSTS_SECONDS = 31_536_000 if IS_ENCRYPTED else 0
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = not IS_PRODUCTION  # so that no folder of collected files is needed
if IS_PRODUCTION:
    STORAGES["staticfiles"] = {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}
