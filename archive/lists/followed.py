"""A list that somebody follows: its parameters written so that they mean the same in a year."""

from collections.abc import Iterable

from django.http import QueryDict
from django.utils.translation import gettext as _

from archive.alerts import FollowedList
from archive.lists.links import Links
from archive.models.alerts import LONGEST_QUERY


def followed_list(links: Links, title: str, *, apart_from: Iterable[str] = ()) -> FollowedList:
    """Return the list as it is followed: a place by its P-code, whatever name was typed; in no order, without the
    parameters ``apart_from``. What cannot be read, or does not exist, is a problem.
    """
    filters = links.filters
    problems = [f"{filters.label(name)}: {said}" for name, messages in filters.problems.items() for said in messages]
    problems += list(filters.unknown_notes())
    params = links.params()
    for name in ("order", *apart_from):
        params.pop(name, None)
    if not filters.problems and (towns := filters.value("town")):
        params.setlist("town", [place.pcode for place in towns])
    query = params.urlencode()
    if len(query) > LONGEST_QUERY:
        problems.append(_("The list has more filters than can be followed: take some away."))
    return FollowedList(title, "" if problems else query, tuple(problems))


def params_of(query: str) -> QueryDict:
    return QueryDict(query)
