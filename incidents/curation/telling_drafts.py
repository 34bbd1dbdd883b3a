"""What of a draft would tell the town where readers are to learn only the district, and where it stands in it.

Records are lifted (`incidents.record.generalised`), but not what editors write in words of their own: a new edition
must not even store it, since its digest would confirm a guess.
"""

from collections.abc import Iterator

from django.utils.translation import gettext, pgettext

from archive.text.withheld import spans
from incidents.assessment import Missing
from incidents.errors import InvalidError
from incidents.evidence import Evidence
from incidents.record.generalised import General
from incidents.record.same_attack import general_in
from incidents.record.written_points import written_points

KEY = "tells_town"


def telling_in(evidence: Evidence) -> list[Missing]:
    """What is to be written otherwise before this may be published; the public note is not part of a draft."""
    general = general_in(evidence)
    if general is None:
        return []
    found = ((where, named(text, general)) for where, text in written_in(evidence))
    return [Missing(KEY, message(where, names)) for where, names in dict.fromkeys(found) if names]


def refuse_telling_note(evidence: Evidence, **notes: str) -> None:
    """Raise `InvalidError` where one of the public notes, by the name of its field, tells the town."""
    general = general_in(evidence)
    found = {field: named(note, general) for field, note in notes.items()} if general else {}
    if telling := {field: message(gettext("the public note"), names) for field, names in found.items() if names}:
        raise InvalidError(telling)


def written_in(evidence: Evidence) -> Iterator[tuple[str, str]]:
    """Each text that an editor wrote and readers would see, after what it is called."""
    for number, sentence in enumerate(evidence.sentences, start=1):
        where = gettext("sentence %(number)s of the summary") % {"number": number}
        yield from ((where, text) for text in (sentence.text_en, sentence.text_ar))
    for claim in evidence.claims:
        yield gettext("the judgement on “%(claim)s”") % {"claim": claim}, claim.judgement
        yield gettext("the reason for “%(claim)s”") % {"claim": claim}, claim.reasoning
        if claim.speaker:
            where = gettext("the name of the speaker “%(speaker)s”") % {"speaker": claim.speaker}
            yield where, "\n".join((claim.speaker.name_en, claim.speaker.name_ar, claim.speaker.slug))


def named(text: str, general: General) -> str:
    """What of a text tells the town, as it is written there: its names, and coordinates."""
    words = (*general.words, *written_points([text]))
    found = dict.fromkeys(text[start:end] for start, end, _kind in spans(text, words))
    return pgettext("joins words that tell the town", ", ").join(gettext("“%(word)s”") % {"word": one} for one in found)


def message(where: str, names: str) -> str:
    told = gettext("Readers learn only the district, and %(where)s tells the town: %(names)s. Write it without.")
    return told % {"where": where, "names": names}
