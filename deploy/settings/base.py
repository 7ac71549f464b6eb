"""Settings common to every shape; what differs is read from the environment (table in deploy/README.md)."""

from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from deploy.settings import environment

BASE_DIR = Path(__file__).resolve().parents[2]
VAR_DIR = Path(environment.text("VAR_DIR", str(BASE_DIR / "var")))

DEBUG = False
SITE_URL = environment.url("SITE_URL", ("http", "https")).rstrip("/")
ALLOWED_HOSTS = environment.listing("ALLOWED_HOSTS")
CSRF_TRUSTED_ORIGINS = environment.listing("CSRF_TRUSTED_ORIGINS", SITE_URL)

INSTALLED_APPS = [
    "deploy",
    "search",
    "rewards.ambassadors",
    "rewards.ranks",
    "rewards.badges",
    "rewards.trust",
    "rewards",
    "community.api",
    "community.tickets",
    "community.topics",
    "community.pages",
    "community.notifications",
    "community.accounts",
    "community.core",
    "wagtail.contrib.settings",
    "wagtail.contrib.simple_translation",
    "wagtail.contrib.redirects",
    "wagtail.contrib.typed_table_block",
    "wagtail.embeds",
    "wagtail.sites",
    "community.accounts.apps.DeskUsersConfig",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "django_htmx",
    "django_tasks",
    "channels",
    "csp",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.sitemaps",
    "django.contrib.postgres",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "community.core.middleware.MetricsMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "community.core.page_cache.PageCacheMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "search.deflection.visits.VisitMiddleware",
    "community.core.middleware.RefusalMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]

ROOT_URLCONF = "deploy.urls"
ASGI_APPLICATION = "deploy.asgi.application"
WSGI_APPLICATION = "deploy.wsgi.application"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "community.pages.context_processors.brand",
                "community.accounts.context_processors.ranks",
            ],
            "builtins": ["community.core.templatetags.ui", "community.core.templatetags.slots"],
        },
    },
]

DATABASES = {"default": environment.database(f"sqlite:///{VAR_DIR / 'entraide.sqlite3'}")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = environment.url("REDIS_URL", ("redis", "rediss", "unix"))
REDIS_CACHE: dict[str, Any] = {
    "BACKEND": "community.core.redis_cache.RedisCache",
    "LOCATION": REDIS_URL,
    "OPTIONS": {"socket_timeout": 0.5, "socket_connect_timeout": 0.5},
}
# Without Redis, pages are kept in files rather than in memory: every process of the host sees the same ones, so that
# what one process deletes is never served by another.
CACHES: dict[str, dict[str, Any]] = (
    {"default": {**REDIS_CACHE, "KEY_PREFIX": "default"}, "pages": {**REDIS_CACHE, "KEY_PREFIX": "pages"}}
    if REDIS_URL
    else {
        "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
        "pages": {
            "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
            "LOCATION": VAR_DIR / "pages",
            "OPTIONS": {"MAX_ENTRIES": 5000},
        },
    }
)
CHANNEL_LAYERS: dict[str, dict[str, Any]] = (
    {
        "default": {
            "BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer",
            "CONFIG": {"hosts": [REDIS_URL]},
        }
    }
    if REDIS_URL
    else {"default": {"BACKEND": "channels.layers.InMemoryChannelLayer"}}
)
TASKS: dict[str, dict[str, Any]] = {"default": {"BACKEND": "community.core.tasks.embedded.EmbeddedBackend"}}

SESSION_ENGINE = "django.contrib.sessions.backends.cached_db" if REDIS_URL else "django.contrib.sessions.backends.db"
SESSION_COOKIE_NAME = "entraide_session"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 30
LANGUAGE_COOKIE_NAME = "entraide_language"
CSRF_COOKIE_NAME = "entraide_csrf"
CSRF_FAILURE_VIEW = "community.core.views.csrf_failure"
CSRF_COOKIE_HTTPONLY = False

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["community.accounts.privileges.PrivilegeBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "MinimumLengthValidator", "CommonPasswordValidator")
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "community.accounts.adapters.AccountAdapter"
SOCIALACCOUNT_ADAPTER = "community.accounts.adapters.SocialAccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "username*", "password1*"]
ACCOUNT_FORMS = {
    name: f"community.accounts.forms.{form}"
    for name, form in (
        ("signup", "SignupForm"),
        ("login", "LoginForm"),
        ("request_login_code", "RequestLoginCodeForm"),
        ("confirm_login_code", "ConfirmLoginCodeForm"),
        ("reset_password", "ResetPasswordForm"),
        ("reset_password_from_key", "ResetPasswordKeyForm"),
        ("change_password", "ChangePasswordForm"),
        ("set_password", "SetPasswordForm"),
        ("add_email", "AddEmailForm"),
        ("reauthenticate", "ReauthenticateForm"),
    )
}
# A guest's first question is published at once, so the address is confirmed later. "strict": signing up looks the same
# whether an address is known or not; only whoever reads its mail is told, and only one account can confirm it.
ACCOUNT_EMAIL_VERIFICATION = "optional"
ACCOUNT_PREVENT_ENUMERATION = "strict"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = False
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
# No browser fills this name in by itself; robots do.
ACCOUNT_SIGNUP_FORM_HONEYPOT_FIELD = "favourite_word"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_USERNAME_MIN_LENGTH = 3
ALLAUTH_TRUSTED_PROXY_COUNT = environment.integer("TRUSTED_PROXY_COUNT", 0)
SOCIALACCOUNT_ONLY = False
SOCIALACCOUNT_FORMS = {"signup": "community.accounts.forms.SocialSignupForm"}
# The pseudonym is always asked for: what another site calls someone may be their real name.
SOCIALACCOUNT_AUTO_SIGNUP = False
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False
SOCIALACCOUNT_EMAIL_VERIFICATION = "optional"
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_PROVIDERS: dict[str, Any] = {}
if OIDC_SERVER := environment.url("OIDC_SERVER_URL", ("http", "https")):
    SOCIALACCOUNT_PROVIDERS["openid_connect"] = {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": "brand",
                "name": environment.text("OIDC_NAME", "SSO"),
                "client_id": environment.text("OIDC_CLIENT_ID"),
                "secret": environment.text("OIDC_CLIENT_SECRET"),
                "settings": {
                    "server_url": OIDC_SERVER,
                    "uid_field": "sub",
                    "oauth_pkce_enabled": True,
                    # Whether an address that the provider confirmed opens the account that confirmed it here.
                    "email_authentication": environment.boolean("OIDC_TRUST_EMAIL", False),
                },
            }
        ],
    }

LANGUAGE_CODE = environment.text("LANGUAGE_CODE", "en")
LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = [("fr", _("French")), ("en", _("English"))]
TIME_ZONE = environment.text("TIME_ZONE", "Europe/Paris")
USE_TZ = True
USE_I18N = True
FORMAT_MODULE_PATH = "community.core.formats"

STATIC_URL = "/static/"
STATIC_ROOT = Path(environment.text("STATIC_ROOT", str(VAR_DIR / "static")))
MEDIA_URL = "/media/"
MEDIA_ROOT = Path(environment.text("MEDIA_ROOT", str(VAR_DIR / "media")))
PRIVATE_ROOT = Path(environment.text("PRIVATE_ROOT", str(VAR_DIR / "private")))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_MAX_AGE = 60 * 60

WAGTAIL_SITE_NAME = "Entraide"
WAGTAIL_I18N_ENABLED = True
WAGTAILADMIN_BASE_URL = SITE_URL or "http://localhost:8000"
WAGTAILADMIN_PERMITTED_LANGUAGES = [("fr", "Français"), ("en", "English")]
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAILIMAGES_EXTENSIONS = ["gif", "jpg", "jpeg", "png", "webp"]
WAGTAILADMIN_LOGIN_URL = "accounts:desk_login"
# One way to sign in for everybody: the desk keeps no forms of its own for passwords and e-mails.
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = WAGTAIL_EMAIL_MANAGEMENT_ENABLED = WAGTAILUSERS_PASSWORD_ENABLED = False
ELASTICSEARCH_URL = environment.url("ELASTICSEARCH_URL", ("http", "https"))
ELASTICSEARCH_CA = environment.text("ELASTICSEARCH_CA", "")
SEARCH_INDEX = environment.text("SEARCH_INDEX", "entraide")
SEARCH_MEANING = environment.text("MEANING", "")

WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "modelsearch.backends.database"}}

for _name, _value in environment.email("console:").items():
    globals()[_name] = _value
DEFAULT_FROM_EMAIL = SERVER_EMAIL = environment.text("DEFAULT_FROM_EMAIL", "Entraide <no-reply@localhost>")

# The first signs proofs of badges, the others still prove what they signed; none: one that SECRET_KEY gives.
BADGE_SIGNING_KEYS = environment.signing_keys("BADGE_SIGNING_KEY")

SUPPORT_DESK_EMAIL = environment.address("SUPPORT_DESK_EMAIL")
SUPPORT_DESK_SENDERS = environment.listing("SUPPORT_DESK_SENDERS")
SUPPORT_MAIL_LISTEN = environment.listener("SUPPORT_MAIL_LISTEN", "127.0.0.1:8024")

CONTENT_SECURITY_POLICY = {
    "EXCLUDE_URL_PREFIXES": ("/admin/",),
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        # Videos of other sites are framed only after a click.
        "frame-src": ["https://www.youtube-nocookie.com", "https://player.vimeo.com"],
        "media-src": [SELF],
        # Browsers also check where a form is sent on to: the identity provider.
        "form-action": [SELF, *(["/".join(OIDC_SERVER.split("/")[:3])] if OIDC_SERVER else [])],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "object-src": [NONE],
    },
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

# Whoever knows the rest of these addresses is let in.
PATHS_WITH_KEYS = ["tickets", "get-help/sent", "unsubscribe", "account/password/reset/key", "account/confirm-email"]
LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "filters": {"keys": {"()": "community.core.log_privacy.HideKeys", "paths": PATHS_WITH_KEYS}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain", "filters": ["keys"]}},
    "root": {"handlers": ["console"], "level": environment.text("LOG_LEVEL", "INFO")},
    # One line a request would drown the others.
    "loggers": {"elastic_transport": {"level": "WARNING"}},
}
