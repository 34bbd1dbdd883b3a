"""The work list of proposed terms, and the page on which an administrator decides on one."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods

from archive import spellings
from archive.admin.locked_admin import conflict_context
from archive.locking import StaleRowError
from archive.models import ProposedSpelling
from archive.spellings import SpellingError
from incidents.admin.confirming import show_refusal
from incidents.desk.claim_pages import render_page
from incidents.desk.decisions import FORMS, SPELLING_FORMS, DecisionForm
from incidents.desk.permission import editors_only
from incidents.desk.views import REFUSED, editor
from incidents.errors import CurationError, LikelyDuplicateError
from incidents.proposals import KINDS, PERMISSION, Proposed, decided_terms, open_terms

DECIDED = 50


@require_GET
@editors_only(PERMISSION)
def work_list(request: HttpRequest) -> HttpResponse:
    """What waits for a decision, and what was decided last, with the reason: editors look here too."""
    context = {
        "title": gettext("Proposed terms"),
        "is_terms_page": True,
        "waiting": list(open_terms()),
        "decided": decided_terms(limit=DECIDED),
        "spellings": proposed_spellings().filter(standing="proposed").order_by("created_at", "pk"),
        "decided_spellings": proposed_spellings().exclude(decided_at=None).order_by("-decided_at")[:DECIDED],
    }
    return render_page(request, "incidents/desk/terms.html", context)


@require_http_methods(["GET", "POST"])
@editors_only("incidents.accept_term")
def decide(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Accept a term, merge it into another, or refuse it, as ``act`` says."""
    if kind not in KINDS:
        raise Http404
    term = get_object_or_404(KINDS[kind].every.select_related("created_by", "decided_by", "merged_into"), pk=pk)
    context = {"title": gettext("Decide: %(what)s") % {"what": term}, "one": Proposed(kind, term)}
    return decision_page(request, term, FORMS, "incidents/desk/term.html", context)


@require_http_methods(["GET", "POST"])
@editors_only("incidents.accept_term")
def decide_spelling(request: HttpRequest, pk: int) -> HttpResponse:
    """Remember a spelling for its place, or refuse it, as ``act`` says."""
    spelling = get_object_or_404(proposed_spellings(), pk=pk)
    context = {
        "title": gettext("Decide: %(what)s") % {"what": spelling},
        "spelling": spelling,
        "namesakes": spellings.namesakes(spelling),
    }
    return decision_page(request, spelling, SPELLING_FORMS, "incidents/desk/spelling.html", context)


def proposed_spellings() -> QuerySet[ProposedSpelling]:
    return ProposedSpelling.objects.select_related("place", "created_by", "decided_by")


def decision_page(
    request: HttpRequest, row: Any, kinds: Mapping[str, type[DecisionForm]], template: str, context: dict[str, Any]
) -> HttpResponse:
    """Do what ``act`` says with a row and go back to the list; the page again, with what was entered, when refused."""
    act, status = request.POST.get("act", ""), 200
    forms = {name: form(request.POST if name == act else None, term=row) for name, form in kinds.items()}
    form = forms.get(act)
    if form is not None:
        if (done := decided(request, form)) is not None:
            messages.success(request, done)
            return HttpResponseRedirect(reverse("desk:terms"))
        status = REFUSED
        if not row.is_open:
            messages.warning(request, gettext("It was decided on before; nothing was done."))
    found = [form.conflict] if form is not None and form.conflict is not None and row.is_open else []
    shown = conflict_context(found, form_id=f"{act}-form", verb=gettext("Do it all the same"))
    context = {**context, "is_terms_page": True, "forms": forms, **shown}
    return render_page(request, template, context, status)


def decided(request: HttpRequest, form: DecisionForm) -> str | None:
    """What to tell of a decision that was made; None when the form says why it was not."""
    if not form.is_valid():
        return None
    try:
        return form.act(by=editor(request))
    except StaleRowError:
        form.full_clean()  # somebody was faster between the check and the lock: check again
    except LikelyDuplicateError as refusal:
        form.ask(refusal)
    except SpellingError as refusal:
        form.add_error(None, str(refusal))
    except CurationError as refusal:
        show_refusal(form, refusal)
    return None
