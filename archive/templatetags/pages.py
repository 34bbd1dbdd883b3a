"""How every page writes dates, names and languages, and how it finds itself in the other language."""

from datetime import UTC, date, datetime
from typing import Any

from django import template
from django.conf import settings
from django.conf.locale import LANG_INFO
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from archive import addresses, dates
from archive.lists.facet_markup import facet_values
from archive.lists.further_fields import further_fields
from archive.localisation import grouped, language_name, localised, shown_names
from archive.names import script_of
from archive.reading_back import fetching
from archive.web import site_pages

register = template.Library()
register.filter(language_name)
register.filter(grouped)
register.simple_tag(facet_values)
register.simple_tag(further_fields)


@register.filter
def written_in(text: str) -> str:
    """The language of what an editor wrote, told by its letters; nothing where it is the page's, or has no letters."""
    language = {"Arab": "ar", "Latn": "en"}.get(script_of(text or ""), "")
    return "" if language == get_language() else language


@register.filter
def day(value: date | datetime | str | None) -> str:
    """Write a day as “25 November 2019”; takes a date, a date-time (UTC) or the ISO form of either."""
    if not value:
        return ""
    if isinstance(value, datetime):
        value = timezone.localtime(value, timezone.get_fixed_timezone(0)) if timezone.is_aware(value) else value
        value = value.date()
    return dates.describe(dates.parse(str(value)[:10]), get_language() or "en")


@register.filter
def moment(value: datetime | str | None) -> str:
    """Write a date-time as “25 November 2019, 14:05 UTC”."""
    if isinstance(value, str):
        value = parse_datetime(value)
    if not value:
        return ""
    value = value.astimezone(timezone.get_fixed_timezone(0))
    return _("%(day)s, %(time)s UTC") % {"day": day(value), "time": f"{value:%H:%M}"}


@register.filter
def instant(value: datetime | None) -> str:
    """Write a date-time for `<time datetime>`, in UTC: `2019-11-25T14:05:00Z`. HTML takes no more than milliseconds."""
    return f"{value.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}" if value else ""


@register.filter
def minute(value: datetime | None) -> str:
    """Write a date-time as editors read it, “25 November 2019, 14:05”, in the time of the server's settings."""
    if not value:
        return ""
    return _("%(day)s, %(time)s") % {"day": day(value), "time": f"{timezone.localtime(value):%H:%M}"}


@register.filter
def second(value: datetime | None) -> str:
    """As `minute`, with the seconds: to tell apart who saved first."""
    return f"{minute(value)}:{timezone.localtime(value):%S}" if value else ""


@register.filter
def occurred(edtf: str, part_of_day: str = "") -> str:
    """Write an uncertain date (EDTF) in words; what cannot be read stays as it is."""
    try:
        return dates.describe(dates.parse(edtf), get_language() or "en", part_of_day)
    except dates.DateError:
        return edtf


@register.filter
def name(thing: Any) -> str:
    """Return what readers call a row or a part of a record, in their language."""
    return localised(*_names(thing))


@register.filter
def other_name(thing: Any) -> str:
    """Return the name in the other script, or nothing where it is not known or the same."""
    shown = name(thing)
    return next((other for other in reversed(_names(thing)) if other and other != shown), "")


def _names(thing: Any) -> tuple[str, str]:
    keys = ("label_en", "name_en", "label_ar", "name_ar")
    return shown_names(thing if isinstance(thing, dict) else {key: getattr(thing, key, "") for key in keys})


@register.filter
def title(thing: Any) -> str:
    """Return the title of a row or of a record (``title_en``, ``title_ar``) in the reader's language."""
    if isinstance(thing, dict):
        return localised(thing.get("title_en") or "", thing.get("title_ar") or "")
    return localised(getattr(thing, "title_en", ""), getattr(thing, "title_ar", ""))


@register.filter
def unlocalised(number: float) -> str:
    """Write a number as SVG reads it, whatever the reader's language."""
    return f"{number:g}"


@register.filter
def fetching_words(said: str) -> str:
    """What is said of the fetching of a page."""
    return fetching.read_back(said)


@register.filter
def one_line(words: str) -> str:
    """Words as they stand in a line: no breaks, one space between two."""
    return " ".join(words.split())


@register.simple_tag
def comma() -> str:
    """What stands between the items of a list in the reader's language."""
    return pgettext("list of names", ", ")


@register.filter
def pages_of_site(group: str) -> list[tuple[str, str]]:
    """The address and the name of each page that every page leads to: "main" or "about"."""
    return site_pages.of(group, get_language() or settings.LANGUAGE_CODE)


@register.simple_tag(takes_context=True)
def in_languages(context: template.Context) -> list[dict[str, str]]:
    """Return this page's address in each language of the site: ``code``, ``name`` (its own) and ``path``."""
    request = context.get("request")
    full_path = request.get_full_path() if request else "/"
    plain = without_language(full_path)
    return [
        {
            "code": code,
            "name": LANG_INFO[code]["name_local"],
            "path": plain if code == settings.LANGUAGE_CODE else f"/{code}{plain}",
        }
        for code, _label in settings.LANGUAGES
    ]


def without_language(path: str) -> str:
    """Return a path, with its query if any, without the prefix of a language."""
    for code, _label in settings.LANGUAGES:
        if path == f"/{code}" or path.startswith((f"/{code}/", f"/{code}?")):
            rest = path.removeprefix(f"/{code}")
            return rest if rest.startswith("/") else f"/{rest}"
    return path


@register.filter
def address(name: str, arg: Any) -> str:
    """Return the path of a named page: as `{% url %}`, in a tenth of its time, for what stands in loops."""
    return addresses.in_language(name, arg)


@register.filter(is_safe=True)
def opening_beside(html: str) -> str:
    """Let every link of a part of a page open beside the page that it is framed in: in the frame, ours are refused."""
    return html.replace("<a href=", '<a target="_blank" rel="noopener" href=')


@register.filter
def with_query(path: str, query: str) -> str:
    """An address with its query, if any."""
    return f"{path}?{query}" if query else path


@register.filter
def in_this_language(path: str) -> str:
    """Put the prefix of the reader's language before a path of the site."""
    language = get_language() or settings.LANGUAGE_CODE
    return path if language == settings.LANGUAGE_CODE else f"/{language}{path}"
