"""Claims one by one: changing and ranking them, and judging where no passage speaks."""

from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from archive.admin.locked_admin import conflict_context
from archive.locking import StaleRowError
from archive.models import TextVersion
from archive.passages import PassageError
from archive.typed_numbers import typed_number
from incidents import curation
from incidents.desk import marked_text
from incidents.desk.change_form import ChangeForm
from incidents.desk.forms import ClaimForm, JudgementForm
from incidents.desk.permission import editors_only
from incidents.desk.refusals import show_refusal
from incidents.desk.saving import save_change, save_judgement
from incidents.desk.telling import tell
from incidents.desk.views import REFUSED, editor
from incidents.errors import CurationError, EndedClaimError
from incidents.models import Claim, Incident

CHANGED = gettext_lazy("Somebody else changed this claim meanwhile: “%(claim)s”. Nothing was done; look at it again.")


@require_http_methods(["GET", "POST"])
@editors_only("incidents.change_claim")
def change(request: HttpRequest, public_id: str) -> HttpResponse:
    """Change a claim; a stale save is refused with what is stored now, and what was entered stays in the form."""
    claim = claim_or_404(public_id)
    text = claim.passage.text_version if claim.passage else None
    form = ChangeForm(request.POST or None, claim=claim, text_version=text)
    status = 200
    if claim.ended_at and request.method == "GET":
        where = _("The history of the incident has it.")
        messages.warning(request, f"{EndedClaimError(claim)} {where}")
        return HttpResponseRedirect(incident_page(claim.incident))
    if request.method == "POST" and form.is_valid():
        try:
            changed = claim if form.is_dropped else save_change(form, form.present, by=editor(request))
        except StaleRowError:
            form.full_clean()  # somebody was faster between the check and the lock: check again
        except (PassageError, CurationError) as refusal:
            show_refusal(form, refusal)
            status = REFUSED
        else:
            tell(request, _("Left as it is") if form.is_dropped else _("Changed"), changed)
            return HttpResponseRedirect(address_after(request, changed))
    if form.conflict is not None:
        status = REFUSED
    context = {"title": _("Change a claim of %(code)s") % {"code": claim.incident.code}, "form": form, "claim": claim}
    context |= {"leads_to": address_after(request, claim), **words_of(text)}
    return render_page(request, "incidents/desk/claim.html", context, status)


def words_of(text: TextVersion | None) -> dict[str, Any]:
    """The text beside the form, so that other words of it can be selected; nothing for an editor's judgement."""
    return marked_text.context(marked_text.read(text.article, text)) if text else {}


@require_http_methods(["GET", "POST"])
@editors_only("incidents.add_claim")
def judge(request: HttpRequest, code: str) -> HttpResponse:
    """Make a claim that no passage says, with the reason for it."""
    incident = get_object_or_404(Incident, code=code)
    form = JudgementForm(request.POST or None, initial={"aspect": request.GET.get("aspect", "")})
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            claim = save_judgement(form, incident=incident, by=editor(request))
        except CurationError as refusal:
            show_refusal(form, refusal)
            status = REFUSED
        else:
            tell(request, _("Saved"), claim)
            return HttpResponseRedirect(incident_address(claim))
    context = {
        "title": _("An editor's judgement on %(incident)s") % {"incident": incident},
        "form": form,
        "incident": incident,
    }
    return render_page(request, "incidents/desk/claim.html", context, status)


@require_POST
@editors_only("incidents.change_claim")
def rank(request: HttpRequest, public_id: str) -> HttpResponse:
    """Rank a claim as the button says."""
    claim = claim_or_404(public_id)
    try:
        claim = curation.rank_claim(claim, by=editor(request), seen=seen(request), rank=request.POST.get("rank", ""))
    except StaleRowError as stale:
        messages.error(request, CHANGED % {"claim": stale.current})
    except CurationError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(
            request, _("“%(claim)s” is %(rank)s now.") % {"claim": claim, "rank": claim.get_rank_display()}
        )
    return HttpResponseRedirect(incident_address(claim))


def claim_or_404(public_id: str) -> Claim:
    claims = Claim.every.with_evidence().select_related("incident", "superseded_by")
    claim: Claim = get_object_or_404(claims, public_id=public_id)
    return claim


def seen(request: HttpRequest) -> int:
    given = typed_number(request.POST.get("seen", ""))
    return -1 if given is None else given


def incident_page(incident: Incident) -> str:
    return reverse("admin:incidents_incident_change", args=[incident.pk])


def incident_address(claim: Claim) -> str:
    return f"{incident_page(claim.incident)}#claim-{claim.public_id}"


def address_after(request: HttpRequest, claim: Claim) -> str:
    """Back to where the editor came from: the words at the desk, or the incident."""
    if request.GET.get("from") == "desk" and claim.passage:
        text = claim.passage.text_version
        desk = reverse("desk:article", args=[text.article.public_id])
        return f"{desk}?text={text.number}&incident={claim.incident.code}#p{claim.passage.public_id}"
    return incident_address(claim)


def render_page(request: HttpRequest, template: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    form = context.get("form")
    conflict = getattr(form, "conflict", None)
    more = {
        "needs_scripts": isinstance(form, ClaimForm),
        **conflict_context([conflict] if conflict else [], form_id="claim-form"),
    }
    return render(request, template, {**admin.site.each_context(request), **more, **context}, status=status)
