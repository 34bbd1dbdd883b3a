"""What readers are told of the links that editors made: beside the record, and no part of it."""

from typing import Annotated, NotRequired, TypedDict

from django.utils.translation import gettext_lazy as _

from archive.fields.typed import says
from incidents.record.cited_parts import CitedArticle, PassageRecord
from incidents.record.row import Code, OfScope, TitleAr, TitleEn
from incidents.terms import Relation


class LinkedWords(PassageRecord):
    """A passage that a link cites."""

    id: Annotated[str, says(_("The identifier of the passage."))]
    report: Annotated[CitedArticle, says(_("The report that it is of."))]


class LinkRecord(TypedDict):
    """An incident that editors linked to one, and why."""

    relation: Annotated[Relation, says(_("What the linked incident is to this one."))]
    code: Code
    scope: OfScope
    title_en: TitleEn
    title_ar: TitleAr
    reason: Annotated[str, says(_("Why the editors say so."))]
    reason_ar: NotRequired[Annotated[str, says(_("The same in Arabic; only where it was written."))]]
    passage: NotRequired[Annotated[LinkedWords, says(_("The words that say so; only where any are cited."))]]
    linked_at: Annotated[str, says(_("When the editors linked them."), kind="datetime")]
    changed_at: Annotated[str, says(_("When they last wrote the reason anew."), kind="datetime")]
