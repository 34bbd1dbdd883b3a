"""Why a date cannot be read, as `archive.dates` says it."""

from django.utils.translation import gettext_noop

from archive.dates.names import MONTHS_AR, MONTHS_EN
from archive.reading_back import Sentences

read_back = Sentences(
    (
        gettext_noop("Write a date: %(examples)s."),
        gettext_noop("This is too long for a date. Write %(examples)s."),
        gettext_noop("“%(text)s” has a time: the time of day has its own field. Write %(advice)s."),
        gettext_noop(
            "“%(text)s” is a set, which may have gaps: only a span from one date to another is taken. Write %(advice)s."
        ),
        gettext_noop("“%(text)s” says twice that it is not exact. Write %(advice)s."),
        gettext_noop("“%(text)s” qualifies a part of a date: only the whole can be. Write %(advice)s."),
        gettext_noop("“%(text)s” is not in EDTF. Write %(advice)s."),
        gettext_noop("“%(text)s” is EDTF of a level that is not used here. Write %(examples)s."),
        gettext_noop("“%(text)s” is not a date. Write %(examples)s."),
        gettext_noop("Neither end is known: leave the date empty."),
        gettext_noop(
            "“%(text)s” leaves the end unknown: write “%(instead)s” when it has none, or the last day it may be."
        ),
        gettext_noop(
            "“%(text)s” leaves the start unknown: write “%(instead)s” when it has none, or the first day it may be."
        ),
        gettext_noop("“%(text)s” cannot be an end of an interval: write years."),
        gettext_noop("“%(text)s” cannot be an end of an interval: write %(instead)s."),
        gettext_noop("“%(text)s” ends before it begins: write the earlier date first."),
        gettext_noop("“%(text)s”: years go from 0001 to 9999."),
        gettext_noop("“%(text)s”: months go from 01 to 12 (21–24 are spring, summer, autumn, winter)."),
        gettext_noop("“%(text)s” does not exist: %(month)s %(year)s has %(number)s days."),
    ),
    parts=(
        gettext_noop("2016-05-18 (a day), 2016-05 (a month), 2016 (a year) or 2016-05-18/2016-05-20 (from/to)"),
        gettext_noop("“%(first)s” or “%(last)s”"),
    ),
    words=lambda: dict(zip(MONTHS_EN, MONTHS_AR, strict=True)),
)
