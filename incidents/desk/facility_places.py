"""Letting readers learn only the district of a facility, or its town again: first what will happen, then the button."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from archive.admin.guarding import VERSION
from incidents import curation
from incidents.curation.generalising import PERMISSION
from incidents.desk.merging_names import WhyForm, answer, change_page, tried
from incidents.desk.permission import editors_only
from incidents.desk.views import editor
from incidents.models import Facility


@require_http_methods(["GET", "POST"])
@editors_only(PERMISSION)
def place(request: HttpRequest, pk: int) -> HttpResponse:
    """What readers will learn of its place, of which incidents, and the button."""
    facility = get_object_or_404(Facility.objects.select_related("place", "merged_into__place"), pk=pk)
    form = WhyForm(request.POST or None, row=facility)
    act = curation.show_place if facility.is_generalised else curation.generalise_place

    def done() -> str:
        said = form.cleaned_data
        return told(act(facility, by=editor(request), reason=said["reason"], seen=said[VERSION]))

    if request.method == "POST" and form.is_valid() and (message := tried(form, done)):
        messages.success(request, message)
        return HttpResponseRedirect(change_page(facility))
    verb = _("Show the town again") if facility.is_generalised else _("Give only the district")
    context = {
        "title": _("What readers learn of the place: %(name)s") % {"name": facility.name},
        "row": facility,
        "plan": curation.plan_place(facility),
        "verb": verb,
    }
    return answer(request, "incidents/desk/facility_place.html", facility, form, context)


def told(facility: Facility) -> str:
    if facility.is_generalised:
        return _("Readers learn only the district of “%(name)s” from now on.") % {"name": facility.name}
    return _("Readers learn the town of “%(name)s” again.") % {"name": facility.name}
