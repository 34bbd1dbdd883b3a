"""Taking a merge of names back: what will happen, claims made since to decide on, and the button."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from archive.admin.form_fields import replace_data
from incidents import name_merges
from incidents.desk.long_lists import Part, part_of
from incidents.desk.merging_names import SHOWN, WhyForm, answer, change_page, claims_part, tried
from incidents.desk.permission import editors_only
from incidents.desk.views import editor
from incidents.models import NameMerge
from incidents.models.claims import shown
from incidents.name_merges import PERMISSION, UndoingPlan, look_again
from incidents.standing_names import fetch_alternatives


class PartForm(WhyForm):
    """``shown`` stands for what the page showed: nothing else is done by this form.

    ``give_back`` are keys of the claims made since that the page showed, ``rest`` is for all that it did not.
    """

    shown = forms.CharField(required=False, widget=forms.HiddenInput)
    rest = forms.BooleanField(required=False)

    def __init__(self, *args: Any, plan: UndoingPlan, since: Part, **kwargs: Any) -> None:
        super().__init__(*args, row=plan.row, **kwargs)
        self.plan, self.since = plan, since
        self.initial[SHOWN] = plan.digest

    @property
    def ticked(self) -> set[int]:
        """The keys of the claims to give back among those that are shown: at first what was its own before."""
        rows = self.since.rows
        if not self.is_bound:
            return {one.claim.pk for one in rows if one.was_its}
        sent = set(self.data.getlist("give_back"))  # type: ignore[attr-defined]
        return {one.claim.pk for one in rows if str(one.claim.pk) in sent}

    @property
    def given_back(self) -> set[int]:
        shown = {one.claim.pk for one in self.since.rows}
        others = {one.claim.pk for one in self.plan.since} - shown if self.cleaned_data["rest"] else set()
        return self.ticked | others

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if self.plan.digest != cleaned.get(SHOWN):
            replace_data(self, shown=self.plan.digest)
            self.add_error(None, str(look_again()))
        return cleaned


@require_http_methods(["GET", "POST"])
@editors_only(PERMISSION)
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """What taking a merge back would do, and the button."""
    merge = get_object_or_404(NameMerge.objects.select_related("created_by", "undone__created_by"), pk=pk)
    plan = name_merges.plan_undoing(merge)
    since = part_of(request, "since", plan.since)
    form = PartForm(request.POST or None, plan=plan, since=since)
    obstacles = name_merges.undoing_obstacles(merge)
    if request.method == "POST" and form.is_valid() and (done := tried(form, lambda: parted(form, merge, request))):
        messages.success(request, done)
        return HttpResponseRedirect(change_page(plan.row))
    fetch_alternatives([one.claim for one in since.rows])
    context = {
        "title": _("Take a merge back: %(name)s") % {"name": shown(plan.row)},
        "row": plan.row,
        "merge": merge,
        "plan": plan,
        "since": since,
        "parts": {name: claims_part(request, name, getattr(plan, name)) for name in ("claims", "changed")},
        "verb": _("Take it back"),
        "obstacles": obstacles,
        "survivor_page": change_page(plan.survivor),
    }
    return answer(request, "incidents/desk/part_names.html", plan.row, form, context)


def parted(form: PartForm, merge: NameMerge, request: HttpRequest) -> str:
    said = form.cleaned_data
    row = name_merges.undo(
        merge, by=editor(request), reason=said["reason"], give_back=form.given_back, seen_plan=said[SHOWN]
    )
    return _("“%(row)s” stands for itself again.") % {"row": shown(row)}
