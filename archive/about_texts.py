"""What the page about the archive says: the operator's words, or, where there are none, that there are none."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from archive.localisation import localised
from archive.models import AboutText
from archive.models.choices import ABOUT_PARTS
from archive.terms import AboutPart


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the page: ``text`` are paragraphs, parted by empty lines."""

    key: str
    heading: Any
    text: str


def parts() -> list[Part]:
    """Return every part, in the reader's language where it is written in that; one query."""
    written = {row.part: localised(row.text_en, row.text_ar).strip() for row in AboutText.objects.all()}
    return [Part(key, heading, written.get(key) or unsaid(AboutPart(key))) for key, heading in ABOUT_PARTS]


def make_rows() -> None:
    """Make the rows that are not there yet, so that they can be written."""
    known = set(AboutText.objects.values_list("part", flat=True))
    for part in AboutPart:
        if part.value not in known:
            AboutText.objects.create(part=part.value)


def unsaid(part: AboutPart) -> str:  # noqa: PLR0911 (a sentence for each part)
    """What the page says where the operator has said nothing."""
    match part:
        case AboutPart.ORGANISATION:
            return _("The operator of this archive has not said who answers for it.")
        case AboutPart.EDITORS:
            return _("The operator has not said who the editors are.") + " " + two_eyes()
        case AboutPart.CONTACT if settings.CONTACT_EMAIL:
            return _("Write to %(address)s.") % {"address": settings.CONTACT_EMAIL}
        case AboutPart.CONTACT:
            return _("The operator has given no address. Errors can be reported by the form.")
        case AboutPart.COVERAGE:
            return _("The operator has not said which places, years and kinds of attack the archive sets out to cover.")
        case AboutPart.SELECTION:
            return _("The operator has not said how reports are chosen.")
        case AboutPart.GAPS:
            return _(
                "The operator has not said what is missing. Some things hold for any archive of reports: an attack "
                "that nobody reported is not in it, nor one whose report was not found. Fewer incidents in a "
                "town or a "
                "month can mean fewer reports, not fewer attacks. Whoever reports has a view of their own: that "
                "is why "
                "every fact names its source."
            )
        case AboutPart.CORRECTIONS:
            return _(
                "Every page has a link to report an error. An editor checks the message against the report that the "
                "archive quotes. If something is wrong, the incident gets a new version; the old one stays readable "
                "and says what changed. A record that should never have been published is withdrawn, and its "
                "address gives the date and the reason. Every answer to a reader is public, without the reader's "
                "words or name."
            )
        case AboutPart.LICENCE:
            return _(
                "The archive's own records may be used under the licence Creative Commons Attribution 4.0 (CC BY "
                "4.0): "
                "name the archive and the permalink of the version that you use. Quoted words and titles belong to "
                "their publishers; the licence gives no right to them."
            )


def two_eyes() -> str:
    if settings.ONE_PERSON_ARCHIVE:
        return _("In this archive one person may enter and publish a record.")
    return _(
        "What the software asks of them: an editor marks the words and enters what they say; a reviewer "
        "who had no part in "
        "it checks every value against its words and publishes, or sends it back. Administrators manage "
        "accounts and names."
    )
