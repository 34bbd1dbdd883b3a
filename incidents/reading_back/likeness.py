"""What speaks for and against one attack, as `incidents.attack_likeness` says it and pairs keep it."""

from django.utils.translation import gettext_noop

from archive.reading_back import Sentences

read_back = Sentences(
    (
        gettext_noop("%(number)s days apart"),
        gettext_noop("%(number)s day apart"),
        gettext_noop("the same day"),
        gettext_noop("dates that overlap"),
        gettext_noop("dates that overlap, one of them vague"),
        gettext_noop("the same place: %(name)s"),
        gettext_noop("%(inner)s lies in %(outer)s"),
        gettext_noop("%(name)s is not near %(other)s"),
        gettext_noop("%(name)s and %(other)s are %(number)s km apart"),
        gettext_noop("the same facility: %(names)s"),
        gettext_noop("other facilities: %(names)s"),
        gettext_noop("other kinds of facility: %(names)s"),
        gettext_noop("other actors: %(names)s"),
        gettext_noop("other weapons: %(names)s"),
        gettext_noop("actors of which one is part of the other"),
        gettext_noop("weapons of which one is a kind of the other"),
        gettext_noop("%(low)s killed"),
        gettext_noop("%(low)s and %(high)s killed"),
        gettext_noop("%(low)s injured"),
        gettext_noop("%(low)s and %(high)s injured"),
    )
)
