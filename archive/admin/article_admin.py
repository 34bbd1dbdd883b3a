"""Articles: found by words, address or gap; corrected here; their texts are read at the desk."""

from typing import Any

from django.contrib import admin
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.forms import Media, ModelForm
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _

from archive import intake, search, work
from archive.admin import article_history
from archive.admin.correcting_texts import CorrectTextView
from archive.admin.dividing import AssignedFilter, Dividing, TagFilter
from archive.admin.downloading_copies import DownloadCopyView
from archive.admin.fetching_pages import FetchView
from archive.admin.judging_texts import JudgeTextView
from archive.admin.list_filters import AutocompleteFilter, Language, SourceFilter, WorkToDo, YearPublished
from archive.admin.locked_admin import LockedAdmin, LockedForm
from archive.admin.paginator import BoundedPaginator
from archive.admin.place_admin import ReadOnly
from archive.admin.restore_article_page import RestoreArticleStateView
from archive.admin.showing_again import REFUSED, ShowingAgain, refuse_to_show_again
from archive.admin.withholding_words import ReleaseView, WithholdView
from archive.intake import embargoes
from archive.intake.corrections import CORRECTABLE, refuse_wrong
from archive.models import Article, ArticleKey, ArticleRow, Capture, Citation, Passage, User
from archive.terms import Visibility, values
from archive.text_standing import standing
from archive.texts_in_time import current_text

CAPTURED = ("created_at", "captured_at", "method", "media_type", "encoding", "size", "file_name", "sha256", "given")
OPENING = 1_500  # code points of the text shown on the change page


def desk_url(article: Article) -> str:
    return reverse("desk:article", args=[article.public_id])


class CaptureInline(ReadOnly, admin.TabularInline):
    model = Capture
    fields = readonly_fields = CAPTURED
    verbose_name_plural = _("captures (copies as received)")
    extra = 0

    @admin.display(description="SHA-256")
    def sha256(self, capture: Capture) -> str:
        return format_html('<code class="digest">{}</code>', capture.bytes_id)

    @admin.display(description=_("bytes"))
    def given(self, capture: Capture) -> str:
        address = reverse("admin:archive_article_copy", args=[capture.article_id, capture.pk])
        label = gettext("Download copy %(digest)s") % {"digest": capture.bytes_id[:12]}
        return format_html('<a href="{}" aria-label="{}">{}</a>', address, label, gettext("Download"))


class ArticleForm(LockedForm):
    """Refuses what `intake.correct_article` would refuse, beside the field."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        refuse_to_show_again(self, "visibility", tuple(reversed(values(Visibility))))
        if (
            "public_from" in self.changed_data
            and cleaned.get("public_from")
            and not getattr(self, "may_publish", False)
        ):
            self.add_error("public_from", REFUSED)
        try:
            refuse_wrong(self.instance, {name: cleaned[name] for name in CORRECTABLE if name in cleaned})
        except intake.CorrectionError as error:
            for name, message in error.errors.items():
                self.add_error(name if name in self.fields else None, message)
        return cleaned


@admin.register(Article)
class ArticleAdmin(Dividing, ShowingAgain, LockedAdmin):
    form = ArticleForm
    change_list_template = "admin/article_list.html"
    list_display = [
        "title",
        "desk",
        "source",
        "published_on",
        "language",
        "passage_count",
        "gaps",
        "division",
        "visibility",
    ]
    list_filter = [WorkToDo, AssignedFilter, TagFilter, SourceFilter, "visibility", Language, YearPublished]
    list_select_related = ["source", "assignment__user"]
    list_per_page = 50
    search_fields = ["title"]  # words of the text, addresses and ids as well: see get_search_results
    search_help_text = _('Words of the title or text, "a phrase", an address, or an article\'s id')
    autocomplete_fields = ["source"]
    ordering = ["-published_on", "-id"]
    services = (work.assign_articles, work.tag_articles, work.untag_articles)
    tags_in_use = staticmethod(work.tags_in_use)
    paginator = BoundedPaginator
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER  # each would count all articles
    inlines = [CaptureInline]
    fieldsets = [
        (None, {"fields": ["title", "source", "url", "authors", "published_on", "language"]}),
        (_("Who may read it"), {"fields": ["visibility", "visibility_reason", "public_from", "touched"]}),
        (_("Text"), {"fields": ["text"]}),
        (_("Record"), {"fields": ["public_id", "origins", "created_at", "updated_at"]}),
    ]
    readonly_fields = ["touched", "text", "public_id", "origins", "created_at", "updated_at"]

    @property
    def media(self) -> Media:
        return super().media + AutocompleteFilter.media(Article, "source", self.admin_site)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False  # articles come in as files, so that there always is a capture

    def has_delete_permission(self, request: HttpRequest, obj: Article | None = None) -> bool:
        return False

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(CorrectTextView.as_view(admin_site=self.admin_site))
        withholding = self.admin_site.admin_view(WithholdView.as_view(admin_site=self.admin_site))
        restoring = self.admin_site.admin_view(RestoreArticleStateView.as_view(admin_site=self.admin_site))
        releasing = self.admin_site.admin_view(ReleaseView.as_view())
        fetching = self.admin_site.admin_view(FetchView.as_view(admin_site=self.admin_site))
        judging = self.admin_site.admin_view(JudgeTextView.as_view(admin_site=self.admin_site))
        copying = self.admin_site.admin_view(DownloadCopyView.as_view(admin_site=self.admin_site))
        return [
            path("<int:pk>/text/", view, name="archive_article_text"),
            path("<int:pk>/texts/<int:number>/", judging, name="archive_article_judge"),
            path("<int:pk>/copies/<int:copy>/", copying, name="archive_article_copy"),
            path("<int:pk>/restore-state/", restoring, name="archive_article_restore_state"),
            path("<int:pk>/withhold/", withholding, name="archive_article_withhold"),
            path("withheld/<int:pk>/release/", releasing, name="archive_withheldwords_release"),
            path("fetch/", fetching, name="archive_article_fetch"),
            *super().get_urls(),
        ]

    def history_context(self, request: HttpRequest, row: Any) -> dict[str, Any]:
        return article_history.context(request, row)

    def view_on_site(self, article: Article) -> str | None:
        return article.get_absolute_url() if article.is_public else None

    def get_queryset(self, request: HttpRequest) -> QuerySet[Article]:
        passages = Passage.objects.filter(text_version__article=OuterRef("pk")).order_by()
        counted = passages.values("text_version__article").annotate(number=Count("pk")).values("number")
        return super().get_queryset(request).annotate(passage_count=Coalesce(Subquery(counted), 0))

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Article], search_term: str
    ) -> tuple[QuerySet[Article], bool]:
        if not (term := search_term.strip().replace("\0", "")):
            return queryset, False
        if "/" in term:
            keyed = ArticleKey.objects.filter(scheme="url", value__contains=term.lower().split("://")[-1].rstrip("/"))
            return queryset.filter(pk__in=keyed.values("article_id")), False
        query = search.parse(term)
        found = Q(public_id=term.lower())
        if not query.is_empty:
            found |= Q(pk__in=query.filter(ArticleRow.objects.all(), "full_vector").values("article_id"))
        return queryset.filter(found), False

    def save_model(self, request: HttpRequest, obj: Any, form: ModelForm, change: bool) -> None:
        changes = {name: form.cleaned_data[name] for name in form.changed_data if name != "lock_version"}
        if changes:
            assert isinstance(request.user, User)
            changed = intake.correct_article(obj, by=request.user, seen=form.cleaned_data["lock_version"], **changes)
            if changes.get("public_from"):
                embargoes.plan(changed)

    @admin.display(description=_("not known"))
    def gaps(self, article: Article) -> str:
        known = [
            (pgettext("gap", "source"), article.source_id),
            (pgettext("gap", "date"), article.published_on),
            (pgettext("gap", "language"), article.language),
        ]
        missing = [name for name, value in known if not value]
        if article.metadata_origin.get("title") == "opening words":
            missing.append(pgettext("gap", "title"))
        return pgettext("list of names", ", ").join(missing)

    @admin.display(description=_("passages"), ordering="passage_count")
    def passage_count(self, article: Article) -> int:
        return article.passage_count  # type: ignore[attr-defined]

    @admin.display(description=_("desk"))
    def desk(self, article: Article) -> str:
        label = gettext("Read and mark: %(title)s") % {"title": article.title}
        return format_html(
            '<a href="{}" aria-label="{}">{}</a>', desk_url(article), label, pgettext("an article", "Read")
        )

    @admin.display(description=_("published incidents that cite it"))
    def touched(self, article: Article) -> str:
        cited = Citation.objects.filter(passage__text_version__article=article).order_by("record")
        rows = cited.values_list("record", "title_en", "path", "is_current").distinct("record")
        older = gettext(" (an older version)")
        lines = [(path, f"{record}: {title}{'' if is_current else older}") for record, title, path, is_current in rows]
        if not lines:
            return gettext("None: hiding it changes no record.")
        told = gettext("While it is hidden, these show neither its title nor its words:")
        return format_html("{} {}", told, format_html_join("; ", '<a href="{}" dir="auto">{}</a>', lines))

    @admin.display(description=_("text as it was stored"))
    def text(self, article: Article) -> str:
        newest = current_text(article)
        opening = newest.text[:OPENING] if newest else ""
        believed = standing(newest) if newest else None
        context = {"newest": newest, "opening": opening, "desk_url": desk_url(article), "standing": believed}
        return render_to_string("admin/article_text.html", context)

    @admin.display(description=_("where values come from"))
    def origins(self, article: Article) -> str:
        columns = {field.name: field.verbose_name for field in Article._meta.fields}
        told = [(columns.get(name, name), origin) for name, origin in sorted(article.metadata_origin.items())]
        return format_html_join("; ", "{}: <bdi>{}</bdi>", told)
