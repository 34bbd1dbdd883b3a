"""What is logged, and how: one line each, ``key=value``, with the time (UTC) and the request that it belongs to.

Nothing in it says who reads: no address, no name, no cookie, no words that were searched for. Knows nothing of Django,
so that gunicorn logs alike before the site is loaded.
"""

import json
import logging
import re
import time
from contextvars import ContextVar
from typing import Any

request_id: ContextVar[str] = ContextVar("request_id", default="")
FIELDS = "fields"  # of a record: what `archive.web.request_log` adds to the line
PLAIN = re.compile(r"[^\s\"=\\]+\Z")
# What others write of who asks, and for what.
HIDDEN = [
    (re.compile(r"\AInvalid request from.*", re.DOTALL), "Invalid request"),  # gunicorn's, with the address
    (re.compile(r"(/[^\s?\"']*)\?[^\s\"']*"), r"\1?…"),  # queries of addresses
    (re.compile(r"^DETAIL: .*$", re.MULTILINE), "DETAIL: …"),  # rows, in errors of PostgreSQL
]


class Line(logging.Formatter):
    """A record as one line. Tracebacks stay in it, with their ends of lines escaped."""

    def format(self, record: logging.LogRecord) -> str:
        told: dict[str, Any] = {
            "time": f"{time.strftime('%Y-%m-%dT%H:%M:%S', time.gmtime(record.created))}.{int(record.msecs):03}Z",
            "level": record.levelname,
            "logger": record.name,
        }
        if request := getattr(record, "request_id", "") or request_id.get():
            told["request"] = request
        told |= getattr(record, FIELDS, None) or {"message": hidden(message_of(record))}
        if record.exc_info and record.exc_info[0]:
            told["traceback"] = hidden(self.formatException(record.exc_info))
        return " ".join(f"{key}={value_of(value)}" for key, value in told.items())


def message_of(record: logging.LogRecord) -> str:
    """The message; of Django's about a request without its path, which may be a secret address of a reader's."""
    path = getattr(getattr(record, "request", None), "path", None)
    if path is not None and isinstance(record.args, tuple):
        return str(record.msg) % tuple("…" if value == path else value for value in record.args)
    return record.getMessage()


def hidden(text: str) -> str:
    for pattern, instead in HIDDEN:
        text = pattern.sub(instead, text)
    return text


def value_of(value: Any) -> str:
    text = str(value)
    return text if PLAIN.match(text) else json.dumps(text, ensure_ascii=False)


def configuration(*, level: str, requests: str) -> dict[str, Any]:
    """Return the entry of Django, and of gunicorn before: all to standard error, which the service manager keeps."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": {"()": "archive.logs.Line"}},
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"handlers": ["console"], "level": level},
        "loggers": {
            "archive.requests": {"level": requests},
            # The line of the request says it, without the path.
            "django.request": {"level": "ERROR"},
            "django.security.DisallowedHost": {"level": "CRITICAL"},
            # gunicorn sets these itself otherwise, in a form of its own.
            "gunicorn.error": {"level": requests, "handlers": ["console"], "propagate": False},
            "gunicorn.access": {"level": "CRITICAL", "handlers": [], "propagate": False},  # it would write addresses
        },
    }
