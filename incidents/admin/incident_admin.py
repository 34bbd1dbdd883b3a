"""Incidents: their claims by aspect with the words they rest on, the facts that follow, and what is still missing."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.options import InlineModelAdmin
from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from archive.admin.dividing import AssignedFilter, Dividing, TagFilter
from archive.admin.locked_admin import LockedAdmin
from archive.admin.paginator import BoundedPaginator
from archive.models import User
from incidents import curation, finding, previews
from incidents.admin.claims_beside_words import by_aspect
from incidents.admin.history import history_of
from incidents.admin.identifiers import IdentifierInline, save_identifiers
from incidents.admin.incident_filters import DateFilter, PlaceFilter
from incidents.admin.link_pages import LinkView, links_on
from incidents.admin.merge_page import MergeView
from incidents.admin.publish_page import PublishView, publish_url
from incidents.admin.restore_state_page import RestoreIncidentStateView
from incidents.admin.review_pages import SendBackView, SubmitView, comments_on
from incidents.admin.split_page import SplitView, UniteView
from incidents.admin.standing import RestoreView, WithdrawView
from incidents.admin.summaries import SummaryInline, save_summary
from incidents.desk.pickers import incident_title
from incidents.likeness import likely_same
from incidents.models import Claim, Incident, IncidentIdentifier
from incidents.models.choices import RANKS
from incidents.terms import CLOSED, Aspect

LIKELY = 3  # incidents that may be the same attack


class WorkToDo(admin.SimpleListFilter):
    title = _("work to do")
    parameter_name = "todo"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [
            ("undated", gettext("No date yet")),
            ("unplaced", gettext("No place yet")),
            ("unpublished", gettext("Never published")),
            ("in_review", gettext("Waits for a review")),
            ("sent_back", gettext("Sent back")),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Incident]) -> QuerySet[Incident]:
        claims = Claim.objects.filter(incident=OuterRef("pk"))
        match self.value():
            case "undated":
                return queryset.filter(~Exists(claims.filter(aspect=Aspect.OCCURRED)))
            case "unplaced":
                return queryset.filter(~Exists(claims.filter(aspect="place")))
            case "unpublished":
                return queryset.filter(row=None)
            case "in_review":
                return queryset.filter(submission__isnull=False)
            case "sent_back":
                return queryset.filter(sent_back__isnull=False)
        return queryset


@admin.register(Incident)
class IncidentAdmin(Dividing, LockedAdmin):
    change_form_template = "admin/incident_change_form.html"
    list_display = ["code", "title", "status", "scope", "claim_count", "version", "division", "updated_at"]
    list_filter = ["status", WorkToDo, AssignedFilter, TagFilter, "scope", DateFilter, PlaceFilter]
    services = (curation.assign_incidents, curation.tag_incidents, curation.untag_incidents)
    tags_in_use = staticmethod(curation.incident_tags)
    list_select_related = ["row", "assignment__user"]
    list_per_page = 50
    search_fields = ["code"]  # and titles: see get_search_results
    search_help_text = _("A code, words of a title, or what another data set calls it")
    fields = ["scope", "working_title", "note"]
    ordering = ["-id"]
    paginator = BoundedPaginator
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    view_on_site = False  # a draft has no page; the page of a published one is linked by the template

    def has_delete_permission(self, request: HttpRequest, obj: Incident | None = None) -> bool:
        return False  # an incident is withdrawn or merged instead

    def get_queryset(self, request: HttpRequest) -> QuerySet[Incident]:
        claims = Claim.objects.filter(incident=OuterRef("pk")).order_by()
        counted = claims.values("incident").annotate(number=Count("pk")).values("number")
        incidents: QuerySet[Incident] = super().get_queryset(request)
        return incidents.annotate(claim_count=Coalesce(Subquery(counted), 0))

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Incident], search_term: str
    ) -> tuple[QuerySet[Incident], bool]:
        return (finding.incidents(search_term, queryset) if search_term else queryset), False

    def get_urls(self) -> list[URLPattern]:
        actions = {
            "submit": SubmitView,
            "send-back": SendBackView,
            "publish": PublishView,
            "withdraw": WithdrawView,
            "restore": RestoreView,
            "link": LinkView,
            "merge": MergeView,
            "split": SplitView,
            "unite": UniteView,
            "restore-state": RestoreIncidentStateView,
        }
        return [
            *(
                path(
                    f"<int:pk>/{name}/",
                    self.admin_site.admin_view(view.as_view(admin_site=self.admin_site)),
                    name=f"incidents_incident_{name.replace('-', '_')}",
                )
                for name, view in actions.items()
            ),
            *super().get_urls(),
        ]

    def get_inlines(self, request: HttpRequest, obj: Incident | None) -> list[type[InlineModelAdmin]]:
        return [SummaryInline, IdentifierInline] if obj else []

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        incident = self.get_object(request, object_id) if object_id else None
        context = self.evidence_of(incident) if incident else {}
        return super().changeform_view(request, object_id, form_url, {**context, **(extra_context or {})})

    def evidence_of(self, incident: Incident) -> dict[str, Any]:
        preview = previews.preview(incident)
        return {
            **comments_on(incident),
            **links_on(incident),
            "preview": preview,
            "aspects": by_aspect(preview.evidence.claims),
            "ranks": RANKS,
            "is_open": incident.status not in CLOSED,
            "publish_url": publish_url(incident),
            "submission": incident.submission,
            "sent_back": incident.sent_back,
            "merged_into": incident.merged_into,
            "likely": likely_same(incident, limit=LIKELY) if incident.status not in CLOSED else [],
            "splits": curation.splits_of(incident),
            "merged_here": curation.merged_here(incident),
        }

    def save_model(self, request: HttpRequest, obj: Any, form: forms.ModelForm, change: bool) -> None:
        assert isinstance(request.user, User)
        if change:
            changes = {name: form.cleaned_data[name] for name in form.changed_data if name in self.fields}
            if changes:
                curation.change_incident(obj, by=request.user, seen=form.cleaned_data["lock_version"], **changes)
            return
        given = form.cleaned_data
        made = curation.create_incident(by=request.user, scope=given["scope"], working_title=given["working_title"])
        if given["note"]:
            made = curation.change_incident(made, by=request.user, seen=made.lock_version, note=given["note"])
        obj.__dict__.update(made.__dict__)

    def save_formset(self, request: HttpRequest, form: forms.ModelForm, formset: Any, change: bool) -> None:
        assert isinstance(request.user, User)
        save = save_identifiers if formset.model is IncidentIdentifier else save_summary
        save(formset, incident=form.instance, by=request.user)

    def history_context(self, request: HttpRequest, row: Any) -> dict[str, Any]:
        return history_of(request, row)

    @admin.display(description=_("title"))
    def title(self, incident: Incident) -> str:
        return incident_title(incident)

    @admin.display(description=_("claims"), ordering="claim_count")
    def claim_count(self, incident: Incident) -> int:
        return incident.claim_count  # type: ignore[attr-defined]

    @admin.display(description=_("version"))
    def version(self, incident: Incident) -> str:
        row = getattr(incident, "row", None)
        if row is None:
            return ""
        return format_html('<a href="{}">v{}</a>', reverse("edition", args=[incident.code, row.version]), row.version)
