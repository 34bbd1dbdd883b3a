"""What filters select, said in words: the parts that all lists share."""

from datetime import date

from django.utils.translation import get_language, ngettext, npgettext, pgettext
from django.utils.translation import gettext as _

from archive import dates
from archive.lists.filters import ListFilters
from archive.lists.parameter_fields import shown
from archive.localisation import either, grouped

SEVERAL = 3  # for words that agree with a number that is not said


def period(first: date | None, last: date | None) -> str:
    """“in November 2019”, “on 25 November 2019”, “from … to …”, “since …”, “until …”."""
    if first and last:
        whole = dates.precision(first, last)
        together = dates.between(first, last)
        if first == last:
            return pgettext("period", "on %(day)s") % {"day": in_words(first, last)}
        if "/" not in together.edtf and whole in ("month", "year"):
            return pgettext("period", "in %(time)s") % {"time": in_words(first, last)}
        return pgettext("period", "from %(first)s to %(last)s") % {
            "first": in_words(first, first),
            "last": in_words(last, last),
        }
    if first:
        return pgettext("period", "since %(day)s") % {"day": in_words(first, first)}
    return pgettext("period", "until %(day)s") % {"day": in_words(last, last)}


def in_words(first: date | None, last: date | None) -> str:
    return dates.describe(dates.between(first, last), get_language() or "en")


def words(filters: ListFilters) -> str:
    """“with the words …”, or nothing."""
    typed = filters.query.typed.strip()
    return _("with the words “%(words)s”") % {"words": shown(typed)} if typed else ""


def article_sentence(filters: ListFilters) -> str:
    """“Reports from Example News published in November 2019 that mention Kafr Nobol, with the words “market””."""
    return " ".join([pgettext("sentence", "Reports"), *article_clauses(filters)])


def counted_articles(filters: ListFilters, number: int) -> str:
    """“6 reports that mention Kafr Nobol”."""
    reports = ngettext("%(number)s report", "%(number)s reports", number) % {"number": grouped(number)}
    return " ".join([reports, *article_clauses(filters, number)])


def article_clauses(filters: ListFilters, number: int = SEVERAL) -> list[str]:
    """What is said of so many reports of a list, clause by clause."""
    clauses = []
    if sources := filters.value("source"):
        clauses.append(_("from %(sources)s") % {"sources": either([source.name for source in sources])})
    if language := filters.value("language"):
        clauses.append(_("in the language “%(language)s”") % {"language": language})
    if filters.value("from") or filters.value("to"):
        published = npgettext("reports", "published %(period)s", "published %(period)s", number)
        clauses.append(published % {"period": period(filters.value("from"), filters.value("to"))})
    if towns := filters.value("town"):
        mention = npgettext("reports", "that mentions %(places)s", "that mention %(places)s", number)
        clauses.append(mention % {"places": either([place.name for place in towns])})
    return [clause for clause in (*clauses, words(filters)) if clause]
