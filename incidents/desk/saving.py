"""From a form of the desk to a claim: everything that it says, or nothing."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from archive import passages, spellings
from archive.admin.guarding import VERSION
from archive.models import Passage, Place, User
from incidents import curation, naming, proposals, suggested
from incidents.desk import same_attack
from incidents.desk.change_form import ChangeForm
from incidents.desk.forms import NEW, OTHER, ClaimForm, JudgementForm, PassageClaimForm
from incidents.desk.several_aspects import Besides
from incidents.errors import InvalidError
from incidents.models import Claim, Facility, Incident, Speaker
from incidents.terms import Rank, Scope, Stance


@transaction.atomic
def save_passage_claims(form: PassageClaimForm, *, by: User) -> list[Claim]:
    """Mark the words and make a claim of each aspect, with the incident, facility and speaker that are new.

    Raises what `archive.passages.mark` and `incidents.curation.make_claim` raise; nothing is kept then, of any.
    """
    passage = mark(form, by=by)
    incident = form.same_attack or chosen_incident(form, by=by)
    claims = [
        make(form, one, saying, by=by, incident=incident, passage=passage)
        for one, saying in zip(form.aspects, said(form, by=by), strict=True)
    ]
    if form.may_ask:  # last, of claims that can be made; the question undoes them, its answer makes them again
        same_attack.ask(claims, form.text_version, besides=[incident, *form.incidents.values()])
    if key := form.cleaned_data["suggestion"]:
        suggested.record_change(text_version=form.text_version, key=key, claim=claims[0], by=by)
    return claims


@transaction.atomic
def save_judgement(form: JudgementForm, *, incident: Incident, by: User) -> Claim:
    """Make a claim that rests on an editor's written reason."""
    [one], [saying] = form.aspects, said(form, by=by)
    return make(form, one, saying, by=by, incident=incident, judgement=form.cleaned_data["judgement"])


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
        **words,
        **judged,
        **said(form, by=by)[0],
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


def make(form: ClaimForm, one: Besides, saying: dict[str, Any], *, by: User, **rests_on: Any) -> Claim:
    """Make one of the claims; what is refused of it lands beside its own fields."""
    try:
        return curation.make_claim(by=by, **rests_on, **saying)
    except InvalidError as refusal:
        raise InvalidError({one.field(name): message for name, message in refusal.errors.items()}) from None


def said(form: ClaimForm, *, by: User) -> list[dict[str, Any]]:
    """What is said of each aspect, how and by whom, as the services take it."""
    facility = new_facility(form, by=by) if form.is_new_facility else None
    common = {
        "stance": form.cleaned_data["stance"] or Stance.ASSERTS,
        "rank": form.cleaned_data["rank"] or Rank.NORMAL,
        "speaker": chosen_speaker(form, by=by),
        "reasoning": form.cleaned_data["reasoning"],
    }
    return [{"aspect": one.aspect, **values_said(form, one, facility, by=by), **common} for one in form.aspects]


def values_said(form: ClaimForm, one: Besides, facility: Facility | None, *, by: User) -> dict[str, Any]:
    """The value of an aspect, with the term, spelling and facility that are new."""
    values = form.values_of(one)
    if "facility" in values:
        values["facility"] = values["facility"] or facility
    elif new := form.new_term_of(one):
        kind, name = new
        values[kind] = proposed_term(form, kind, name, by=by)
    if values.get("place") and (spelling := form.cleaned_data["place_spelling"].strip()):
        propose_spelling(values["place"], spelling, by=by)
    return values


def new_facility(form: ClaimForm, *, by: User) -> Facility:
    """The facility that the form describes, made once for all that is said of it; its kind may be new too."""
    cleaned = form.cleaned_data
    kind = cleaned["facility_new_type"]
    if name := cleaned["facility_new_type_new"].strip():
        kind = proposed_term(form, "facility_type", name, by=by)
    return form.same_facility() or naming.create_facility(
        by=by,
        name_en=cleaned["facility_new_en"],
        name_ar=cleaned["facility_new_ar"],
        facility_type=kind,
        place=cleaned["facility_new_place"],
        besides=form.looked_at("facility"),
    )


def propose_spelling(place: Place, spelling: str, *, by: User) -> None:
    if not by.has_perm(proposals.PERMISSION):
        raise InvalidError({"place_spelling": _("You may not propose spellings. Ask an administrator.")})
    try:
        spellings.propose(by=by, place=place, name=spelling)
    except spellings.SpellingError as refusal:
        raise InvalidError({"place_spelling": str(refusal)}) from None


def proposed_term(form: ClaimForm, kind: str, name: str, *, by: User) -> Any:
    """The term of that name, proposed unless there is one, or the one that the editor says is meant."""
    if term := form.same_term(kind):
        return term
    given = form.cleaned_data["actor_new_kind"] if kind == "actor" else ""
    more = {"kind": given} if given else {}
    try:
        return proposals.propose(kind, by=by, name=name, besides=form.looked_at(kind), **more)
    except PermissionDenied as refusal:
        raise InvalidError({form.named_new(kind): str(refusal)}) from None


def chosen_speaker(form: ClaimForm, *, by: User) -> Speaker | None:
    speaker: Speaker | None = form.cleaned_data["speaker"]
    if speaker is None and (name := form.cleaned_data["speaker_new"].strip()):
        speaker = proposed_term(form, "speaker", name, by=by)
    return speaker


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
