"""The work list of proposed terms, and the page on which an administrator decides on one."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from archive.admin.locking import conflict_context
from archive.locking import StaleRowError
from incidents.admin.confirming import show_refusal
from incidents.desk.claims import render_page
from incidents.desk.decisions import FORMS, DecisionForm
from incidents.desk.doors import editors_only
from incidents.desk.views import REFUSED, editor
from incidents.errors import CurationError, DoubleError
from incidents.proposals import KINDS, Proposed, decided_terms, open_terms

DECIDED = 50


@require_GET
@editors_only("incidents.propose_term")
def work_list(request: HttpRequest) -> HttpResponse:
    """What waits for a decision, and what was decided last, with the reason: editors look here too."""
    context = {
        "title": "Proposed terms",
        "is_terms_page": True,
        "waiting": list(open_terms()),
        "decided": decided_terms(limit=DECIDED),
    }
    return render_page(request, "incidents/desk/terms.html", context)


@require_http_methods(["GET", "POST"])
@editors_only("incidents.accept_term")
def decide(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Accept a term, merge it into another, or refuse it, as ``act`` says."""
    if kind not in KINDS:
        raise Http404
    term = get_object_or_404(KINDS[kind].every.select_related("created_by", "decided_by", "merged_into"), pk=pk)
    act = request.POST.get("act", "")
    forms = {name: form(request.POST if name == act else None, term=term) for name, form in FORMS.items()}
    form, status = forms.get(act), 200
    if form is not None:
        if (done := decided(request, form)) is not None:
            messages.success(request, done)
            return HttpResponseRedirect(reverse("desk:terms"))
        status = REFUSED
    found = [form.conflict] if form is not None and form.conflict is not None else []
    context = {
        "title": f"Decide: {term}",
        "is_terms_page": True,
        "one": Proposed(kind, term),
        "forms": forms,
        **conflict_context(found, form_id=f"{act}-form", verb="Do it all the same"),
    }
    return render_page(request, "incidents/desk/term.html", context, status)


def decided(request: HttpRequest, form: DecisionForm) -> str | None:
    """What to tell of a decision that was made; None when the form says why it was not."""
    if not form.is_valid():
        return None
    try:
        return form.act(by=editor(request))
    except StaleRowError:
        form.full_clean()  # somebody was faster between the check and the lock: check again
    except DoubleError as refusal:
        form.ask(refusal)
    except CurationError as refusal:
        show_refusal(form, refusal)
    return None
