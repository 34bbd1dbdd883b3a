"""Taking claims out of a draft, several at once. The history puts them back."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_http_methods

from archive.admin.guarding import VERSION
from archive.admin.locked_admin import conflict_context
from archive.locking import StaleRowError
from incidents import curation
from incidents.desk.change_form import RemoveForm
from incidents.desk.claim_pages import claim_or_404, incident_page, render_page
from incidents.desk.permission import editors_only
from incidents.desk.views import REFUSED, editor
from incidents.errors import CurationError
from incidents.models import Claim, Incident


@require_http_methods(["GET", "POST"])
@editors_only("incidents.delete_claim")
def remove(request: HttpRequest, public_id: str) -> HttpResponse:
    """Ask, then remove a claim from the draft. Editions keep it."""
    claim = claim_or_404(public_id)
    return ask_and_remove(request, claim.incident, [claim])


@require_http_methods(["GET", "POST"])
@editors_only("incidents.delete_claim")
def remove_several(request: HttpRequest, code: str) -> HttpResponse:
    """Ask, then remove the claims that are named by ``claim``: all of them or none."""
    incident = get_object_or_404(Incident, code=code)
    sent = request.POST if request.method == "POST" else request.GET
    wanted = [value.replace("\0", "") for value in sent.getlist("claim")]
    known = Claim.every if request.method == "POST" else Claim.objects
    claims = list(known.filter(incident=incident, public_id__in=wanted).with_evidence().order_by("pk"))
    if not claims:
        messages.warning(request, gettext("Choose the claims that are to be removed."))
        return HttpResponseRedirect(incident_page(incident))
    return ask_and_remove(request, incident, claims)


def ask_and_remove(request: HttpRequest, incident: Incident, claims: list[Claim]) -> HttpResponse:
    """Show the claims and the button; when somebody changed one meanwhile, what was changed, and the button again."""
    data = request.POST if request.method == "POST" else None
    forms = [RemoveForm(data, claim=claim, prefix=claim.public_id) for claim in claims]
    reason = request.POST.get("reason", "")
    checked = [form.is_valid() for form in forms]  # every one, so that every conflict is shown
    if data is not None and all(checked):
        try:
            chosen = [(form.claim, form.cleaned_data[VERSION]) for form in forms if not form.claim.ended_at]
            curation.remove_claims(chosen, by=editor(request), reason=reason)
        except StaleRowError:
            for form in forms:
                form.full_clean()  # somebody was faster between the check and the lock: check again
        except CurationError as refusal:
            messages.error(request, str(refusal))
        else:
            told = gettext("Removed: %(claims)s. The history can restore them.")
            messages.success(request, told % {"claims": "; ".join(map(str, claims))})
            return HttpResponseRedirect(incident_page(incident))
    found = [form.conflict for form in forms if form.conflict is not None]
    several = ngettext("Remove %(number)s claim?", "Remove %(number)s claims?", len(claims))
    context = {
        "title": gettext("Remove a claim?") if len(claims) == 1 else several % {"number": len(claims)},
        "incident": incident,
        "forms": forms,
        "reason": reason,
        **conflict_context(found, form_id="remove-form", verb=gettext("Remove all the same")),
    }
    return render_page(request, "incidents/desk/remove.html", context, REFUSED if found else 200)
