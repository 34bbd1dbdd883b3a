"""Incidents before they are published: making one, describing it, and the sentences of its summary."""

from collections.abc import Iterable
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext

from archive import codes, locking
from archive.locking import acting
from archive.models import Passage, User
from archive.terms import values
from archive.unused_codes import give_unused_codes
from incidents.curation.acting import locked_unmerged, record_event
from incidents.errors import InvalidError
from incidents.models import Incident, SummarySentence
from incidents.terms import Action, Scope

CHANGEABLE = ("scope", "working_title", "note")


def create_incident(*, by: User | None, scope: str, working_title: str = "", code: str | None = None) -> Incident:
    """Make a draft. ``code`` gives it a code that was made elsewhere; raises `InvalidError` if it cannot be that."""
    incident = Incident(scope=scope, working_title=working_title.strip(), created_by=by)
    check_scope(scope)
    if code is not None:
        if not codes.is_valid(code) or len(code) > 12:
            told = gettext("“%(code)s” is not a code: its check character does not fit.")
            raise InvalidError({"code": told % {"code": code}})
        incident.code = code
    else:
        give_unused_codes([incident], "code")
    with acting(by):
        try:
            with transaction.atomic():
                incident.save()
        except IntegrityError:
            if code is not None and Incident.objects.filter(code=code).exists():
                told = gettext("“%(code)s” is the code of another incident.")
                raise InvalidError({"code": told % {"code": code}}) from None
            raise
        record_event(incident, Action.CREATED, by=by)
    return incident


def change_incident(incident: Incident, *, by: User | None, seen: int, **changes: Any) -> Incident:
    """Change the scope, working title or internal note; ``seen`` as in `archive.locking.lock_row`."""
    unknown = [field for field in changes if field not in CHANGEABLE]
    if unknown:
        raise InvalidError(dict.fromkeys(unknown, gettext("This cannot be changed here.")))
    check_scope(changes.get("scope", incident.scope))
    with acting(by):
        current = locking.lock_row(Incident, incident.pk, seen=seen)
        for field, value in changes.items():
            setattr(current, field, value.strip())
        current.save()
    return current


def check_scope(scope: str) -> None:
    if scope not in values(Scope):
        raise InvalidError(
            {
                "scope": gettext("“%(value)s” is none of %(known)s.")
                % {"value": scope, "known": ", ".join(values(Scope))}
            }
        )


def add_sentence(
    incident: Incident,
    *,
    by: User | None,
    text_en: str,
    text_ar: str = "",
    position: int | None = None,
    passages: Iterable[Passage] = (),
) -> SummarySentence:
    """Add a sentence to the summary, at its end where no ``position`` is given.

    It must cite a passage before the incident is published.
    """
    if not text_en.strip():
        raise InvalidError({"text_en": gettext("Write the sentence.")})
    with acting(by):
        current = locked_unmerged(incident)
        last = current.summary.order_by("position").last()
        sentence = SummarySentence.objects.create(
            incident=current,
            position=position if position is not None else (last.position + 1 if last else 0),
            text_en=text_en.strip(),
            text_ar=text_ar.strip(),
            created_by=by,
        )
        sentence.passages.set(passages)
    return sentence


def change_sentence(sentence: SummarySentence, *, by: User | None, seen: int, **changes: Any) -> SummarySentence:
    """Change the words (``text_en``, ``text_ar``), the ``position`` or the ``passages`` of a sentence.

    ``seen`` is the `lock_version` that the editor was shown. Raises `archive.locking.StaleRowError`, `InvalidError`.
    """
    passages = changes.pop("passages", None)
    unknown = [field for field in changes if field not in ("text_en", "text_ar", "position")]
    if unknown:
        raise InvalidError(dict.fromkeys(unknown, gettext("A sentence has no such field.")))
    with acting(by):
        locked_unmerged(sentence.incident)
        current = locking.lock_row(SummarySentence, sentence.pk, seen=seen)
        for field, value in changes.items():
            setattr(current, field, value.strip() if isinstance(value, str) else value)
        if not current.text_en:
            raise InvalidError({"text_en": gettext("Write the sentence.")})
        current.save()
        if passages is not None:
            current.passages.set(passages)
    current.refresh_from_db(fields=["lock_version", "cited"])  # triggers keep them
    return current


def remove_sentence(sentence: SummarySentence, *, by: User | None, seen: int) -> None:
    """Remove a sentence from the draft; editions that have it keep it. Raises `archive.locking.StaleRowError`."""
    with acting(by):
        locked_unmerged(sentence.incident)
        locking.lock_row(SummarySentence, sentence.pk, seen=seen).delete()
