"""Links between incidents: on the page of one, the page that makes them, and the form that changes or ends them."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from archive.admin.guarding import VERSION
from archive.admin.locked_admin import LockedAdmin, LockedForm
from archive.localisation import isolated, localised
from archive.models import Passage, User
from archive.typed_numbers import typed_number
from incidents import curation
from incidents.admin.confirming import ActionForm, ConfirmView, show_refusal
from incidents.curation import Linked
from incidents.desk.pickers import PickerField, incident_title
from incidents.errors import CurationError
from incidents.models import Incident, IncidentLink
from incidents.models.choices import RELATIONS
from incidents.terms import CLOSED, Relation, Status

WRITTEN = forms.Textarea(attrs={"rows": 3, "dir": "auto"})
QUOTED = 120  # characters of words in a list of choices
OTHER = "to"
REVISED = ("reason", "reason_ar", "passage")


class PassageField(forms.ModelChoiceField):
    """The words that a link cites, among those that the two incidents cite."""

    def __init__(self, **kwargs: Any) -> None:
        told = _("Words that claims of the two incidents rest on. A response needs some: they say why it was done.")
        given = {"label": _("Words that say so"), "required": False, "help_text": told, **kwargs}
        super().__init__(queryset=Passage.objects.none(), empty_label=_("none"), **given)

    def label_from_instance(self, obj: Any) -> str:
        words = obj.exact if len(obj.exact) <= QUOTED else f"{obj.exact[:QUOTED]}…"
        source = obj.text_version.article.source
        name = localised(source.name_en, source.name_ar) if source else gettext("a source not known")
        return gettext("“%(words)s” – %(source)s") % {"words": isolated(words), "source": isolated(name)}


class LinkForm(ActionForm):
    to = PickerField("incident", label=_("The other incident"), required=True)
    relation = forms.ChoiceField(label=_("What it is to this one"), choices=RELATIONS, widget=forms.RadioSelect)
    reason = forms.CharField(label=_("Public reason"), widget=WRITTEN, help_text=_("Readers see it."))
    reason_ar = forms.CharField(
        label=_("Public reason (Arabic)"),
        required=False,
        widget=WRITTEN,
        help_text=_("Optional; Arabic pages show it in place of the other."),
    )
    passage = PassageField()

    def __init__(self, *args: Any, incident: Incident, **kwargs: Any) -> None:
        super().__init__(*args, incident=incident, **kwargs)
        passage: Any = self.fields["passage"]
        passage.queryset = curation.citable(incident, *self.others())

    def others(self) -> QuerySet[Incident]:
        """The incident that was chosen, if it was: its words may be cited too."""
        chosen = self.data.get(OTHER, "") if self.is_bound else self.initial.get(OTHER)
        code = getattr(chosen, "code", chosen) or ""
        return Incident.objects.filter(code=str(code).replace("\0", ""))


class LinkView(ConfirmView):
    permission = "incidents.add_incidentlink"
    form_class = LinkForm
    heading = _("Link to another incident")
    verb = _("Link them")
    explanation = _(
        "Say what two incidents have to do with each other, and why. Readers see it on the current pages of both, at "
        "once where both are published; versions do not say it. Incidents that are the same attack are merged instead."
    )

    @property
    def obstacles(self) -> list[str]:
        if self.incident.status not in CLOSED:
            return []
        status = str(self.incident.get_status_display()).lower()
        return [gettext("It is %(status)s: restore it first.") % {"status": status}]

    def get_initial(self) -> dict[str, Any]:
        """What the address asks for: the other incident, and what it is to this one."""
        asked = self.request.GET
        code = asked.get(OTHER, "").replace("\0", "")
        other = Incident.objects.select_related("row").filter(code=code).exclude(pk=self.incident.pk).first()
        relation = asked.get("relation", "")
        return {OTHER: other, "relation": relation if relation in set(Relation) else ""}

    def act(self, form: Any) -> str:
        given = form.cleaned_data
        names = ("relation", *REVISED)
        link = curation.link_incidents(
            self.incident, to=given[OTHER], by=self.editor, **{name: given[name] for name in names}
        )
        other = link.other if link.one_id == self.incident.pk else link.one
        return gettext("The incidents %(code)s and %(other)s are linked.") % {
            "code": self.incident.code,
            "other": other.code,
        }

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "needs_scripts": True}


@dataclass(frozen=True, slots=True)
class ShownLink:
    """A link on the page of an incident: what the other is to it, and whether readers see that."""

    linked: Linked
    label: str
    title: str
    standing: str


def links_on(incident: Incident) -> dict[str, Any]:
    labels = dict(RELATIONS)
    found = curation.links_of(incident)
    return {
        "links": [
            ShownLink(one, str(labels[one.relation]), incident_title(one.incident), standing(incident, one))
            for one in found
        ]
    }


def standing(incident: Incident, one: Linked) -> str:
    """Whether readers see a link, or what it waits for."""
    hidden = [each for each in (incident, one.incident) if each.status != Status.PUBLISHED]
    if hidden:
        status = str(hidden[0].get_status_display()).lower()
        return gettext("Readers do not see it: %(code)s is %(status)s.") % {"code": hidden[0].code, "status": status}
    if one.link.passage_id and not Passage.objects.filter(pk=one.link.passage_id, citations__isnull=False).exists():
        return gettext("Readers will see it once a published version cites the same words.")
    return gettext("Readers see it.")


class ChangeLinkForm(LockedForm):
    """The reason and words of a link, and why it no longer holds: what it links never changes."""

    passage = PassageField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        link: IncidentLink = self.instance
        if link.pk and "passage" in self.fields:
            ends = (curation.survivor_of(end) for end in (link.one, link.other))
            known = Q(pk=link.passage_id) | Q(pk__in=curation.citable(*ends).order_by().values("pk"))
            field: Any = self.fields["passage"]
            field.queryset = Passage.objects.filter(known).select_related("text_version__article__source")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        now = IncidentLink.objects.select_related("one", "other", "passage").get(pk=self.instance.pk)
        if now.ended_at:
            told = gettext("It was ended meanwhile: “%(reason)s” Make a new link to say otherwise.")
            self.add_error(None, told % {"reason": now.end_reason})
        elif not self.errors:
            try:
                curation.refuse_link_changes(now, **{name: cleaned[name] for name in REVISED})
            except CurationError as refusal:
                show_refusal(self, refusal)
        return cleaned


@admin.register(IncidentLink)
class IncidentLinkAdmin(LockedAdmin):
    """Links are made from the page of an incident; here they are found again, changed and ended."""

    form = ChangeLinkForm
    fields = ["kind", "one", "other", *REVISED, "end_reason"]
    readonly_fields = ["kind", "one", "other"]
    list_display = ["__str__", "kind", "created_at", "created_by", "ended_at"]
    list_filter = ["kind", ("ended_at", admin.EmptyFieldListFilter)]
    list_select_related = ["one", "other", "created_by"]
    search_fields = ["one__code", "other__code"]
    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: IncidentLink | None = None) -> bool:
        """One that was ended is only looked at; who began to write before is told so, with what they wrote."""
        is_over = obj is not None and obj.ended_at is not None and request.method != "POST"
        return not is_over and super().has_change_permission(request, obj)

    def save_model(self, request: HttpRequest, obj: Any, form: forms.ModelForm, change: bool) -> None:
        assert isinstance(request.user, User)
        changes = {name: form.cleaned_data[name] for name in form.changed_data if name in REVISED}
        seen = form.cleaned_data[VERSION]
        if changes:
            seen = curation.change_link(obj, by=request.user, seen=seen, **changes).lock_version
        if reason := form.cleaned_data["end_reason"].strip():
            curation.end_link(obj, by=request.user, seen=seen, reason=reason)

    def response_post_save_change(self, request: HttpRequest, obj: Any) -> HttpResponseRedirect:
        """Back to the incident from which the editor came."""
        came_from = typed_number(request.GET.get("incident", ""))
        incident = came_from if came_from in (obj.one_id, obj.other_id) else obj.one_id
        return HttpResponseRedirect(reverse("admin:incidents_incident_change", args=[incident]))
