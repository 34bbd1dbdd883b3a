"""What an editor is warned of and what is missing, as `incidents.sense` and `incidents.assessment` say it."""

from collections.abc import Mapping

from django.utils.translation import gettext, gettext_noop

from archive.following import OUTCOMES
from archive.reading_back import Sentences
from incidents.models.choices import ASPECTS, GROUPS

SPEAKERS = gettext_noop(
    "Witnesses, Local residents, Medical workers, Rescue workers, Relatives of victims, Local sources"
)
LACKING = (gettext_noop("date"), gettext_noop("source"), gettext_noop("date and no source"))


def words() -> Mapping[str, str]:
    """Terms as the rules write them: `Killed`, `killed`, `health workers`, what became of a passage."""
    aspects = {form: str(label) for aspect, label in ASPECTS for form in (aspect, aspect.capitalize())}
    groups = {group.replace("_", " "): str(label) for group, label in GROUPS}
    outcomes = {str(outcome): str(label) for outcome, label in OUTCOMES.items()}
    return {**aspects, **groups, **outcomes, **{one: gettext(one) for one in (SPEAKERS, *LACKING)}}


read_back = Sentences(
    (
        gettext_noop(
            "%(aspect)s: %(value)s. Its words do not say %(numbers)s; they say no number: “%(words)s”",
        ),
        gettext_noop(
            "%(aspect)s: %(value)s. Its words do not say %(numbers)s; they say %(said)s: “%(words)s”",
        ),
        gettext_noop("%(facility)s is in %(place)s, the attack in %(where)s."),
        gettext_noop("The point %(point)s is %(away)s km from %(place)s."),
        gettext_noop(
            "The point %(point)s is %(away)s km from %(place)s. With latitude and longitude exchanged it would be "
            "%(other)s km."
        ),
        gettext_noop("At most %(high)s %(group)s %(aspect)s, but at least %(low)s %(part)s."),
        gettext_noop("Nobody is on record who says that %(name)s did it; it is only disputed or denied."),
        gettext_noop("The report “%(title)s” has no %(lacking)s."),
        gettext_noop("The text of “%(report)s” has changed. Of the passages cited (%(outcome)s): “%(quote)s”"),
        gettext_noop(
            "“%(name)s”, who says “%(value)s”, looks like a private person, who could be found by it. Choose a "
            "general speaker (%(speakers)s)."
        ),
        gettext_noop("The reason for “%(value)s” has %(number)s word: “%(words)s”"),
        gettext_noop("The reason for “%(value)s” has %(number)s words: “%(words)s”"),
        gettext_noop("No claim says when it happened."),
        gettext_noop("No claim says where it happened."),
        gettext_noop("No claim says what was hit, with what, or what came of it for people and buildings."),
        gettext_noop("Claim %(claim)s (%(aspect)s) cites no passage and gives no judgement."),
    ),
    parts=(gettext_noop("%(first)s or %(last)s"), gettext_noop("%(first)s and %(last)s")),
    words=words,
)
