"""The words of the archive, as readers meet them: each with what it means here."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Term(NamedTuple):
    """``key`` is the term's place on the page."""

    key: str
    name: Any
    meaning: Any


class Group(NamedTuple):
    key: str
    heading: Any
    terms: Sequence[Term]


RECORDS = Group(
    "records",
    _("What the archive records"),
    (
        Term(
            "incident",
            pgettext_lazy("glossary", "Incident"),
            _(
                "What the archive has a page for: a single attack, a series of attacks told as one, or the "
                "totals of a period."
            ),
        ),
        Term(
            "series",
            pgettext_lazy("glossary", "Series; totals of a period"),
            _(
                "Some reports tell of many attacks at once, or give only totals (“in May, 60 schools were hit”). "
                "Such incidents are "
                "marked and counted apart: they may include attacks that have pages of their own."
            ),
        ),
        Term(
            "record",
            pgettext_lazy("glossary", "Record"),
            _("All that the archive says of an incident, with the words that it rests on."),
        ),
        Term(
            "version",
            pgettext_lazy("glossary", "Version (edition)"),
            _(
                "A record as it was published on a given day, with a number. A version never changes, and its "
                "address shows it "
                "for ever. Whatever is corrected or added makes a new version. The data files say “edition” for "
                "the same."
            ),
        ),
        Term(
            "withdrawn",
            pgettext_lazy("glossary", "Withdrawn; merged"),
            _(
                "A record that should not have been published is withdrawn; its page gives the date and the "
                "reason. Two records "
                "of the same attack are merged; the address of one then leads to the other."
            ),
        ),
        Term(
            "facility",
            pgettext_lazy("glossary", "Facility"),
            _(
                "A hospital, school, market, camp or other civilian site. Maps and lists show its town, not the "
                "site itself."
            ),
        ),
        Term(
            "actor",
            pgettext_lazy("glossary", "Actor"),
            _(
                "Armed forces, a group or a coalition that somebody says carried out an attack. The archive "
                "itself accuses nobody."
            ),
        ),
    ),
)
EVIDENCE = Group(
    "evidence",
    _("What it rests on"),
    (
        Term(
            "source",
            pgettext_lazy("glossary", "Source"),
            _("Whoever publishes reports: a news outlet, an organisation, an authority."),
        ),
        Term(
            "article",
            pgettext_lazy("glossary", "Report; article"),
            _("A report is what a source published. Its entry in the archive is called an article."),
        ),
        Term(
            "capture",
            pgettext_lazy("glossary", "Copy (capture)"),
            _(
                "A report exactly as it was received on a given day: the bytes of the web page or file, with "
                "their digital fingerprint (SHA-256)."
            ),
        ),
        Term(
            "text",
            pgettext_lazy("glossary", "Text"),
            _(
                "The readable words drawn from a copy. If a publisher changes a report, a later copy has another "
                "text; both are kept."
            ),
        ),
        Term(
            "passage",
            pgettext_lazy("glossary", "Passage; quote"),
            _("The exact words of a text that say something of an attack. Each has an address of its own."),
        ),
        Term(
            "statement",
            pgettext_lazy("glossary", "Statement (claim)"),
            _(
                "What one passage says about one point of an incident: when, where, what was hit, how many "
                "people were killed. "
                "Also who says it, and whether they assert, dispute or deny it. The data files say “claim” for "
                "the same."
            ),
        ),
        Term(
            "speaker",
            pgettext_lazy("glossary", "Speaker"),
            _(
                "Whoever a report quotes: a rescue service, a ministry, a witness. Where nobody is quoted, the "
                "report itself speaks."
            ),
        ),
        Term(
            "judgement",
            pgettext_lazy("glossary", "Editor’s judgement"),
            _("A statement by an editor where no report says it. It is marked as such, with the reason."),
        ),
        Term(
            "custody",
            pgettext_lazy("glossary", "Log of custody"),
            _(
                "The list of everything that happened to a copy: received, read, checked, given out. Entries are "
                "chained, so that none "
                "can be changed or left out without being noticed."
            ),
        ),
    ),
)
CERTAINTY = Group(
    "certainty",
    _("How sure it is"),
    (
        Term(
            "certain",
            pgettext_lazy("glossary", "Certain; possible"),
            _(
                "An attack certainly happened in a period if all its possible days lie in it; possibly, if only "
                "some do. “About” and "
                "“possibly” are never certain. Of several actors named as “one of these”, each is possible."
            ),
        ),
        Term(
            "range",
            pgettext_lazy("glossary", "3–5; at least 3; up to 5"),
            _(
                "Numbers are kept as reports give them. Where reports differ, the lowest and the highest number "
                "are shown."
            ),
        ),
        Term(
            "attributed",
            pgettext_lazy("glossary", "Attributed to"),
            _("Somebody who is named beside it says that this actor did it."),
        ),
        Term(
            "disputed",
            pgettext_lazy("glossary", "Disputed"),
            _("Somebody denies or doubts it. Both sides are shown."),
        ),
        Term(
            "contested",
            pgettext_lazy("glossary", "Contested"),
            _("Reports contradict each other: the days, the places or the numbers that they give cannot all be right."),
        ),
        Term(
            "set-aside",
            pgettext_lazy("glossary", "Preferred; set aside"),
            _("Editors may prefer the better founded of several statements, or set one aside. None is deleted."),
        ),
    ),
)
PROTECTION = Group(
    "protection",
    _("Places, and protecting people"),
    (
        Term(
            "pcode",
            pgettext_lazy("glossary", "P-code"),
            _(
                "The official code of a place, given by the United Nations, which stays the same however its "
                "name is spelt."
            ),
        ),
        Term(
            "withheld",
            pgettext_lazy("glossary", "Withheld; embargoed"),
            _(
                "Reports, or words of them, that readers do not see because they could put somebody at risk, or "
                "not before a given day. "
                "Where words are left out, a sign says so."
            ),
        ),
        Term(
            "district-only",
            pgettext_lazy("glossary", "District only"),
            _("For some facilities the archive names only the district, to protect people."),
        ),
        Term(
            "correction",
            pgettext_lazy("glossary", "Correction"),
            _("A public answer to an error that a reader reported; if it was one, with the version that corrects it."),
        ),
    ),
)
GROUPS = (RECORDS, EVIDENCE, CERTAINTY, PROTECTION)
