"""From a form of the desk to a claim: everything that it says, or nothing."""

from typing import Any

from django.db import transaction

from archive import passages, spellings
from archive.admin.guarding import VERSION
from archive.models import Passage, Place, User
from incidents import curation, naming, proposals, suggested
from incidents.desk import same_attack
from incidents.desk.change_form import ChangeForm
from incidents.desk.forms import NEW, OTHER, ClaimForm, JudgementForm, PassageClaimForm
from incidents.errors import InvalidError
from incidents.models import Claim, Incident, Speaker
from incidents.terms import Rank, Scope, Stance


@transaction.atomic
def save_passage_claim(form: PassageClaimForm, *, by: User) -> Claim:
    """Mark the words and make the claim, with the incident, facility and speaker that are new.

    Raises what `archive.passages.mark` and `incidents.curation.make_claim` raise; nothing is kept then.
    """
    passage = mark(form, by=by)
    incident = form.same_attack or chosen_incident(form, by=by)
    if form.may_ask:
        said = same_attack.claimed(form.cleaned_data["aspect"], form.cleaned_data["stance"], form.values)
        same_attack.ask(said, form.text_version, besides=[incident, *form.incidents.values()])
    claim = make(form, by=by, incident=incident, passage=passage)
    if key := form.cleaned_data["suggestion"]:
        suggested.record(text_version=form.text_version, key=key, claim=claim, by=by)
    return claim


@transaction.atomic
def save_judgement(form: JudgementForm, *, incident: Incident, by: User) -> Claim:
    """Make a claim that rests on an editor's written reason."""
    return make(form, by=by, incident=incident, judgement=form.cleaned_data["judgement"])


@transaction.atomic
def save_change(form: ChangeForm, claim: Claim, *, by: User) -> Claim:
    """Change a claim as the form says, one that was removed meanwhile and is wanted back after restoring it.

    Raises `archive.locking.StaleRowError` when somebody else changed it meanwhile.
    """
    seen = form.cleaned_data[VERSION]
    if form.puts_back:
        claim = curation.restore_claim(claim, by=by, seen=seen)
        seen = claim.lock_version
    words = {"passage": marked(form, claim, by=by)} if "quote" in form.fields else {}
    judged = {"judgement": form.cleaned_data["judgement"]} if "judgement" in form.fields else {}
    return curation.change_claim(
        claim,
        by=by,
        seen=seen,
        reason=form.cleaned_data.get("reason", ""),
        incident=chosen_incident(form, by=by),
        aspect=form.cleaned_data["aspect"],
        **words,
        **judged,
        **said(form, by=by),
    )


def mark(form: PassageClaimForm, *, by: User) -> Passage:
    """Mark the words that the form has found; raises what `archive.passages.mark` raises."""
    span = form.cleaned_data["span"]
    return passages.mark(
        text_version=form.text_version,
        start=span.start,
        end=span.end,
        exact=span.exact,
        seen_sha256=form.cleaned_data["text_sha256"],
        by=by,
    )


def marked(form: PassageClaimForm, claim: Claim, *, by: User) -> Passage:
    """The passage of the words in the form: the claim's own, unless other words were chosen."""
    known, span = claim.passage, form.cleaned_data["span"]
    if known and known.text_version_id == form.text_version.pk and (known.start, known.end) == (span.start, span.end):
        return known
    return mark(form, by=by)


def make(
    form: ClaimForm, *, by: User, incident: Incident, passage: Passage | None = None, judgement: str = ""
) -> Claim:
    return curation.make_claim(
        incident=incident,
        by=by,
        aspect=form.cleaned_data["aspect"],
        passage=passage,
        judgement=judgement,
        **said(form, by=by),
    )


def said(form: ClaimForm, *, by: User) -> dict[str, Any]:
    """What is said, how and by whom, as the services take it."""
    values = form.values
    new_kind = None
    if form.new_term:
        kind, name = form.new_term
        term = proposed_term(form, kind, name, by=by)
        if kind in values:
            values[kind] = term
        else:
            new_kind = term
    if values.get("place") and (spelling := form.cleaned_data["place_spelling"].strip()):
        propose_spelling(values["place"], spelling, by=by)
    if form.is_new_facility:
        cleaned = form.cleaned_data
        values["facility"] = form.same_facility() or naming.create_facility(
            by=by,
            name_en=cleaned["facility_new_en"],
            name_ar=cleaned["facility_new_ar"],
            facility_type=new_kind or cleaned["facility_new_type"],
            place=cleaned["facility_new_place"],
            besides=form.looked_at("facility"),
        )
    return {
        **values,
        "stance": form.cleaned_data["stance"] or Stance.ASSERTS,
        "rank": form.cleaned_data["rank"] or Rank.NORMAL,
        "speaker": chosen_speaker(form, by=by),
        "reasoning": form.cleaned_data["reasoning"],
    }


def propose_spelling(place: Place, spelling: str, *, by: User) -> None:
    if not by.has_perm("incidents.propose_term"):
        raise InvalidError({"place_spelling": "You may not propose spellings. Ask an administrator."})
    try:
        spellings.propose(by=by, place=place, name=spelling)
    except spellings.SpellingError as refusal:
        raise InvalidError({"place_spelling": str(refusal)}) from None


def proposed_term(form: ClaimForm, kind: str, name: str, *, by: User) -> Any:
    """The term of that name, proposed unless there is one, or the one that the editor says is meant."""
    if not by.has_perm("incidents.propose_term"):
        raise InvalidError({form.named_new(kind): "You may not propose terms. Ask an administrator."})
    if term := form.same_term(kind):
        return term
    given = form.cleaned_data["actor_new_kind"] if kind == "actor" else ""
    more = {"kind": given} if given else {}
    return proposals.propose(kind, by=by, name=name, besides=form.looked_at(kind), **more)


def chosen_speaker(form: ClaimForm, *, by: User) -> Speaker | None:
    speaker: Speaker | None = form.cleaned_data["speaker"]
    if speaker is None and (name := form.cleaned_data["speaker_new"].strip()):
        speaker = proposed_term(form, "speaker", name, by=by)
    return speaker


def told(done: str, claim: Claim) -> str:
    """What the editor is told of a claim that was saved, with what is only proposed."""
    waiting = [
        f"“{term}” is proposed: go on; an administrator decides on it before this is published."
        for term in claim.terms_not_accepted
    ]
    return " ".join([f"{done}: {claim}.", *waiting])


def chosen_incident(form: PassageClaimForm, *, by: User) -> Incident:
    choice = form.cleaned_data["incident"]
    if choice == NEW:
        return curation.create_incident(
            by=by,
            scope=form.cleaned_data["new_scope"] or Scope.ATTACK,
            working_title=form.cleaned_data["new_title"],
        )
    other: Incident = form.cleaned_data["incident_other"]
    return other if choice == OTHER else form.incidents[choice]
