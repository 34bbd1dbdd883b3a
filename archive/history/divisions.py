"""Who is to work on something, and the words that it is sorted by: given and taken away."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy

from archive.history.tracked import TrackedLine


class DivisionLine(TrackedLine):
    labels = {"user": gettext_lazy("For"), "name": gettext_lazy("Tag")}
    untold = ("article", "incident", "at", "by")


def divisions(assigned: QuerySet, tagged: QuerySet) -> list[TrackedLine]:
    """The two lines, of the events of assignments and of tags."""
    who, tags = gettext_lazy("who works on it"), gettext_lazy("tags")
    return [
        DivisionLine("assignment", who, gettext_lazy("assignment"), assigned, maker="by_id"),
        DivisionLine("tag", tags, gettext_lazy("tag"), tagged, maker="by_id"),
    ]
