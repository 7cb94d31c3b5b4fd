"""All settings, read from the environment; docs/settings.md lists them."""

import os
from pathlib import Path

from labelapp.accounts import sign_on
from labelapp.caches import caches
from labelapp.lib import environment as env
from labelapp.lib import log_format
from labelapp.lib.database_url import database
from labelapp.lib.storage_url import storage
from labelapp.schedule import SCHEDULE

BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = env.folder("LABELAPP_DATA_DIR", BASE_DIR / "var")

SECRET_KEY = env.secret("LABELAPP_SECRET_KEY", DATA_DIR / "secret-key")
DEBUG = env.boolean("LABELAPP_DEBUG", False)
PORT = env.integer("LABELAPP_PORT", 8000)
# This machine asks by its own names: for its health, and the supervisor whether the site answers.
ALLOWED_HOSTS = [*env.words("LABELAPP_HOSTS", []), "localhost", "127.0.0.1", "[::1]"]
CSRF_TRUSTED_ORIGINS = env.words("LABELAPP_TRUSTED_ORIGINS", [])
HTTPS = env.boolean("LABELAPP_HTTPS", False)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^(healthz|readyz|metrics)$"]  # asked for from inside, past the proxy
SECURE_HSTS_SECONDS = env.integer("LABELAPP_HSTS_SECONDS", 3600 if HTTPS else 0)
# Other hosts of the domain and the browsers' own lists are for their owner to decide, not for one site.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
SESSION_COOKIE_AGE = 30 * 24 * 3600
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "labelapp.accounts",
    "labelapp.projects",
    "labelapp.images",
    "labelapp.annotations",
    "labelapp.versions",
    "labelapp.exchange",
    "labelapp.backups",
    "training",
    "labelapp.watching",
]

# No GZipMiddleware: it would hold back event streams.
MIDDLEWARE = [
    "labelapp.watching.middleware.watch_requests",  # first: it times the others, and names the request for their logs
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "labelapp.projects.policy.ContentPolicy",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "labelapp.urls"
ASGI_APPLICATION = "labelapp.asgi.application"

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
                "labelapp.projects.context.shell",
            ],
        },
    },
]

WEB_PROCESS = env.boolean("LABELAPP_WEB_PROCESS", False)
DATABASES = {"default": database("DATABASE_URL", DATA_DIR, web=WEB_PROCESS)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "MinimumLengthValidator", "CommonPasswordValidator")
]
LOGIN_URL = "sign-in"
LOGIN_REDIRECT_URL = "projects"
LOGOUT_REDIRECT_URL = "sign-in"

# --- sign-on through an OpenID Connect provider (docs/people.md) ----------------------------------------------------
OIDC_URL = env.text("LABELAPP_OIDC_URL")
OIDC_NAME = env.text("LABELAPP_OIDC_NAME", "OpenID Connect") if OIDC_URL else ""
OIDC_SIGN_UP = env.boolean("LABELAPP_OIDC_SIGN_UP", False)
OIDC_EMAIL_DOMAINS = env.words("LABELAPP_OIDC_EMAIL_DOMAINS", [])
if OIDC_URL:
    INSTALLED_APPS += sign_on.APPS
    MIDDLEWARE += sign_on.MIDDLEWARE
    globals().update(
        sign_on.options(
            OIDC_URL, env.needed("LABELAPP_OIDC_CLIENT_ID"), env.needed("LABELAPP_OIDC_CLIENT_SECRET"), OIDC_NAME
        )
    )

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "UTC"
USE_TZ = True

# --- files -----------------------------------------------------------------------------------------------------------
MEDIA_ROOT = DATA_DIR / "media"
RUNS_DIR = DATA_DIR / "runs"
CACHE_DIR = DATA_DIR / "cache"
WEIGHTS_DIR = DATA_DIR / "weights"
STATIC_URL = "static/"
STATIC_ROOT = Path(env.text("LABELAPP_STATIC_DIR") or DATA_DIR / "static")
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "labelapp.lib.npm.NpmFinder",
]
# Files of node_modules that pages use, by the name under which they are served (under static/npm/).
NPM_ROOT = BASE_DIR / "node_modules"
NPM_FILES = {
    "uplot.js": "uplot/dist/uPlot.esm.js",
    "uplot.css": "uplot/dist/uPlot.min.css",
    "idb.js": "idb/build/index.js",
    "polyclip.js": "polyclip-ts/dist/esm/index.js",
    "splaytree.js": "splaytree-ts/dist/esm/index.js",
    "bignumber.js": "bignumber.js/bignumber.mjs",
    "inter.woff2": "@fontsource-variable/inter/files/inter-latin-wght-normal.woff2",
    "inter-ext.woff2": "@fontsource-variable/inter/files/inter-latin-ext-wght-normal.woff2",
}
STORAGES = {
    "default": storage("LABELAPP_STORAGE_URL"),
    "staticfiles": {"BACKEND": "labelapp.lib.npm.StaticStorage"},
}
WHITENOISE_MAX_AGE = 3600

# --- limits ----------------------------------------------------------------------------------------------------------
MAX_IMAGE_BYTES = env.integer("LABELAPP_MAX_IMAGE_BYTES", 2**30)
MAX_IMAGE_PIXELS = env.integer("LABELAPP_MAX_IMAGE_PIXELS", 1_000_000_000)
DECODERS = env.integer("LABELAPP_DECODERS", min(os.cpu_count() or 1, 4))
DECODE_SECONDS = env.integer("LABELAPP_DECODE_SECONDS", 20)
DECODE_MEMORY = env.integer("LABELAPP_DECODE_MEMORY", 2560 * 2**20)
ASSIST_SECONDS = env.integer("LABELAPP_ASSIST_SECONDS", 10)
MAX_ZIP_BYTES = env.integer("LABELAPP_MAX_ZIP_BYTES", 8 * 2**30)
MAX_ZIP_FILES = env.integer("LABELAPP_MAX_ZIP_FILES", 200_000)
MAX_ZIP_RATIO = env.integer("LABELAPP_MAX_ZIP_RATIO", 200)
MAX_CSV_BYTES = env.integer("LABELAPP_MAX_CSV_BYTES", 2 * 2**30)
DATA_UPLOAD_MAX_NUMBER_FILES = env.integer("LABELAPP_MAX_FILES_PER_REQUEST", 1000)
DATA_UPLOAD_MAX_NUMBER_FIELDS = 4 * DATA_UPLOAD_MAX_NUMBER_FILES
DATA_UPLOAD_MAX_MEMORY_SIZE = 32 * 2**20
FILE_UPLOAD_TEMP_DIR = env.folder("LABELAPP_TEMP_DIR", DATA_DIR / "tmp")
# Kept free on the disks: below it nothing is taken in, so that labels can still be saved and work can end well.
DISK_RESERVE_BYTES = env.integer("LABELAPP_DISK_RESERVE_BYTES", 2**30)
PROJECT_QUOTA_BYTES = env.integer("LABELAPP_PROJECT_QUOTA_BYTES", 0)  # of projects that have none of their own; 0: none
UPLOAD_CHUNK_BYTES = 8 * 2**20  # larger files come in such pieces, and go on where they were cut
UPLOAD_DAYS = env.integer("LABELAPP_UPLOAD_DAYS", 7)  # how long an upload that was broken off can be gone on with
TRASH_DAYS = env.integer("LABELAPP_TRASH_DAYS", 30)
CATALOGUE_IMAGES = env.integer("LABELAPP_CATALOGUE_IMAGES", 500_000)  # that one web process keeps facts of in memory
EXPORT_LINK_SECONDS = env.integer("LABELAPP_EXPORT_LINK_SECONDS", 24 * 3600)

# --- API -------------------------------------------------------------------------------------------------------------
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "labelapp.accounts.authentication.TokenAuthentication",
        "labelapp.accounts.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["labelapp.projects.rendering.FastJSON"],
    "DEFAULT_PARSER_CLASSES": ["labelapp.projects.parsing.JSONBody"],
    "DEFAULT_PAGINATION_CLASS": "labelapp.projects.paging.KeysetPagination",
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "NUM_PROXIES": env.integer("LABELAPP_PROXIES", 0),  # else anybody could say that they come from elsewhere
    "DEFAULT_THROTTLE_RATES": {
        "sign-in": env.text("LABELAPP_SIGN_IN_RATE", "10/min"),
        "account": env.text("LABELAPP_ACCOUNT_RATE", "30/hour"),
        "invitation": env.text("LABELAPP_INVITATION_RATE", "30/min"),
    },
    "EXCEPTION_HANDLER": "labelapp.projects.errors.handle",
    "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "LabelApp",
    "DESCRIPTION": "Label images, train models on them, and let the models label the next batch.",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "REDOC_DIST": "SIDECAR",
    "COMPONENT_SPLIT_REQUEST": True,
    "POSTPROCESSING_HOOKS": ["drf_spectacular.hooks.postprocess_schema_enums", "labelapp.projects.schema.add_errors"],
    "ENUM_NAME_OVERRIDES": {
        "ImageStatus": "labelapp.images.models.image.ImageStatus",
        "InvitationState": "labelapp.projects.models.invitation.InvitationState",
        "JobStatus": "labelapp.projects.models.job.JobStatus",
        "ProjectKind": "labelapp.projects.models.project.Kind",
        "TrialKind": "training.models.trial.TrialKind",
        "Source": "labelapp.annotations.models.annotation.Source",
        "RunStatus": "training.models.run_states.RunStatus",
        "HealthState": "labelapp.watching.states.State",
        "Shape": "labelapp.projects.models.label_class.SHAPES",
        "UploadOutcome": ["added", "duplicate", "refused"],
        "MergedStatus": ["labelled", "approved"],
    },
}

# --- jobs ------------------------------------------------------------------------------------------------------------
REDIS_URL = env.text("REDIS_URL", f"unix://{DATA_DIR / 'redis.sock'}")
CACHES = caches(REDIS_URL)
CELERY_BROKER_URL = REDIS_URL.replace("unix://", "redis+socket://")
# While Redis is away a request learns so at once: its row is kept, and beat queues it later.
CELERY_BROKER_TRANSPORT_OPTIONS = {"max_retries": 1, "interval_start": 0, "interval_step": 0.1, "interval_max": 0.2}
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_DEFAULT_QUEUE = "light"
CELERY_TASK_ROUTES = {
    "training.tasks.execute_run": {"queue": "train"},
    "training.tasks.predict": {"queue": "train"},
    "training.tasks.export_model": {"queue": "train"},
    "training.tasks.try_spec": {"queue": "train"},
    "*.rescue_*": {"queue": "rescue"},  # the light worker takes its queues in turn: not behind thousands of thumbnails
}
CELERY_TASK_ACKS_LATE = False
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BEAT_SCHEDULE_FILENAME = str(DATA_DIR / "beat-schedule")  # touched at every turn: a sign of life
CELERY_BEAT_SCHEDULER = "labelapp.lib.steady_schedule.SteadyScheduler"
CELERY_BEAT_SCHEDULE = SCHEDULE
JOB_HEARTBEAT_SECONDS = 3
JOB_LOST_SECONDS = env.integer("LABELAPP_JOB_LOST_SECONDS", 20)
JOB_ATTEMPTS = 3
MEASURE_AFTER_SECONDS = env.integer("LABELAPP_MEASURE_AFTER_SECONDS", 300)
ARCHIVE_WAIT_SECONDS = 10  # how long an upload waits for its ZIPs, so that small ones are reported at once

# --- watching --------------------------------------------------------------------------------------------------------
LOG_FORMAT = env.choice("LABELAPP_LOG_FORMAT", log_format.FORMATS, "text")
LOGGING = log_format.configuration(LOG_FORMAT, env.text("LABELAPP_LOG_LEVEL", "INFO").upper())
METRICS_TOKEN = env.text("LABELAPP_METRICS_TOKEN")
