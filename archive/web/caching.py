"""How long answers may be kept, and whether a reader's copy is still good (docs/adr/0010-caching.md)."""

import json
from calendar import timegm
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from functools import wraps
from typing import Any

from django.conf import settings
from django.db import connection, models
from django.db.models import Subquery
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response, patch_cache_control, patch_vary_headers
from django.utils.crypto import salted_hmac
from django.utils.http import http_date
from django.utils.translation import get_language

from archive import freshness, openness
from archive.models import Article, Stamp
from archive.web.release import release

Policy = Mapping[str, Any]
Make = Callable[[], HttpResponseBase]
View = Callable[..., HttpResponseBase]

# Whatever quotes may have to stop quoting: no copy answers for more than ten minutes without asking here, unless we
# do not answer at all.
LIVE: Policy = {
    "public": True, "max_age": 60, "s_maxage": 300, "stale_while_revalidate": 300, "stale_if_error": 86_400,
}  # fmt: skip
MOVED: Policy = {"public": True, "max_age": 3_600, "s_maxage": 300}
# Made while a newer state was still being read.
BEHIND: Policy = {"public": True, "max_age": 0, "s_maxage": 5}
ABSENT: Policy = {"public": True, "max_age": 30, "s_maxage": 30}
NEVER: Policy = {"no_store": True}


def entity_tag(*parts: Any) -> str:
    """Return the entity tag of what is made of these parts (JSON) by this release in this language.

    Weak, since it is compressed on its way or not. Parts may be hidden, as withheld words: made with the secret key,
    the tag confirms no guess at them.
    """
    made_of = json.dumps([release(), get_language(), *parts], sort_keys=True, default=str)
    return f'W/"{salted_hmac("entity tag", made_of, algorithm="sha256").hexdigest()[:32]}"'


def answer(
    request: HttpRequest, make: Make, *, etag: str, changed_at: datetime | None, policy: Policy = LIVE
) -> HttpResponseBase:
    """Return 304 where the reader's copy is still good, without making anything, else what ``make`` returns.

    A page that was found says how to ask for it again; other answers of ``make`` pass unchanged. One that was made of
    a state before the last change is not to be kept, nor to be taken for what ``etag`` names.
    """
    last_modified = timegm(changed_at.utctimetuple()) if changed_at and not settings.DEBUG else None
    etag = "" if settings.DEBUG else etag
    with freshness.watched() as made:
        response = get_conditional_response(request, etag=etag, last_modified=last_modified) or make()
    if made.is_behind:
        etag, last_modified, policy = "", None, BEHIND
    if response.status_code in (200, 302, 304):
        if etag:
            response.headers["ETag"] = etag
        if last_modified is not None:
            response.headers["Last-Modified"] = http_date(last_modified)
        control(response, policy)
    return response


def control(response: HttpResponseBase, policy: Policy) -> None:
    """Say how long the answer may be kept, unless it says so itself; it varies by its compression alone."""
    if not response.has_header("Cache-Control"):
        patch_cache_control(response, **within_day(policy))
    patch_vary_headers(response, ["Accept-Encoding"])


def within_day(policy: Policy) -> Policy:
    """Return the policy so that no copy is used beyond this day (UTC), with which embargoes end.

    What is fixed, and where something has moved to, no embargo changes.
    """
    if policy not in (LIVE, ABSENT):
        return policy
    left = openness.seconds_left()
    ages = {name: min(policy[name], left) for name in ("max_age", "s_maxage")}
    if "stale_while_revalidate" in policy:
        ages["stale_while_revalidate"] = min(policy["stale_while_revalidate"], left - ages["s_maxage"])
    return {**policy, **ages}


def by_state_of(*vocabularies: type[models.Model]) -> Callable[[View], View]:
    """Let a view of a list answer 304 while nothing has changed that lists are made of: two small queries, not all.

    That is what has a `Stamp` (every table of public rows), and the rows of these vocabularies: small tables, whose
    names lists print and filters take.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            digest, changed_at = state_of(vocabularies)
            etag = entity_tag(request.path, request.META.get("QUERY_STRING", ""), digest)
            return answer(request, lambda: view(request, *args, **kwargs), etag=etag, changed_at=changed_at)

        return answered

    return decorate


def state_of(vocabularies: tuple[type[models.Model], ...]) -> tuple[list[Any], datetime | None]:
    """Return what tells the state of public rows and of vocabularies apart, and when they last changed.

    The day on which an embargo ended that nobody has lifted is part of the state: no row changes with it.
    """
    ended = Article.objects.filter(openness.ended()).order_by("-public_from").values("public_from")[:1]
    rows = Stamp.objects.order_by("table").annotate(opened=Subquery(ended))
    stamps = list(rows.values_list("table", "value", "opened"))
    moments = [datetime.fromtimestamp(value / 1_000_000, UTC) for _table, value, _opened in stamps]
    moments += [openness.beginning(day) for day in opened_days(stamps)]
    digests, updates = digested(vocabularies) if vocabularies else ([], [])
    return [stamps, digests], max([*moments, *updates], default=None)


def opened_days(stamps: list[tuple[str, int, date | None]]) -> set[date]:
    return {day for _table, _value, day in stamps if day}


def digested(tables: tuple[type[models.Model], ...]) -> tuple[list[str], list[datetime]]:
    """Return a digest of the rows of each table, and when each last changed where its rows say it."""
    columns = []
    for table in tables:
        name, key = table._meta.db_table, table._meta.pk.column
        columns.append(f"(SELECT md5(string_agg(t::text, '|' ORDER BY t.{key})) FROM {name} t)")  # noqa: S608
    dated = [table for table in tables if any(field.name == "updated_at" for field in table._meta.fields)]
    columns += [f"(SELECT max(updated_at) FROM {table._meta.db_table})" for table in dated]  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(columns)}")
        row = cursor.fetchone()
    return list(row[: len(tables)]), [moment for moment in row[len(tables) :] if moment]
