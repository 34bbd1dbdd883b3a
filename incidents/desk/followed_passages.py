"""Passages in later texts of their articles: the work list, the page on which one is judged, and what differs."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from archive import following
from archive.following import Followed, FollowingError
from archive.models import Article, FoundAgain, FoundVerdict, TextVersion
from archive.terms import Verdict
from archive.text import difference
from archive.texts_in_time import latest_first
from archive.typed_numbers import typed_number
from incidents.desk import marked_text
from incidents.desk.claim_pages import render_page
from incidents.desk.forms import Positions
from incidents.desk.locating import Candidate, Located, candidate, locate
from incidents.desk.permission import editors_only
from incidents.desk.views import REFUSED, editor
from incidents.models import Claim

PAGE = 50
CHOOSE_WORDS = _("Select the words in the text, or paste them here.")


class VerdictForm(forms.Form):
    """The words that were chosen, and why. ``seen`` is the verdict that the editor was shown."""

    quote = forms.CharField(
        label=pgettext_lazy("a passage", "Where it stands"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )
    start = forms.IntegerField(required=False, widget=Positions)
    end = forms.IntegerField(required=False, widget=Positions)
    passage = forms.CharField(required=False, widget=Positions)
    found = forms.CharField(required=False, widget=forms.HiddenInput)
    text_sha256 = forms.CharField(required=False, widget=forms.HiddenInput)
    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    reason = forms.CharField(label=_("Why"), required=False, widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}))

    candidates: list[Candidate]

    def __init__(self, *args: Any, row: FoundAgain, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.row = row
        self.candidates = [candidate(row.text_version.text, *span) for span in row.candidates]

    def located(self) -> tuple[int, int]:
        """The span of the words in the text; raises `FollowingError` when it has none such."""
        given = self.cleaned_data
        quote = given["quote"].replace("\r\n", "\n").replace("\r", "\n")
        if not quote.strip() and not given["found"]:
            raise FollowingError(CHOOSE_WORDS)
        place = locate(
            self.row.text_version, quote, start=given["start"], end=given["end"], passage="", found=given["found"]
        )
        if isinstance(place, Located):
            return place.start, place.end
        self.candidates = place.candidates
        raise FollowingError(place.message)


@require_GET
@editors_only("incidents.add_claim")
def work_list(request: HttpRequest) -> HttpResponse:
    """The passages that need a look, the oldest first, and what was judged last."""
    rows = following.to_look_at()
    counted = {row["state"]: row["number"] for row in rows.order_by().values("state").annotate(number=Count("pk"))}
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    shown = known(FoundAgain.objects.filter(pk__in=[row.pk for row in page]).order_by("pk"))
    verdicts = FoundVerdict.objects.select_related("found__passage", "created_by").order_by("-pk")[:PAGE]
    context = {
        "title": gettext("Passages to look at"),
        "is_passages_page": True,
        "page": page,
        "counts": [
            (label, counted[state])
            for state, label in FoundAgain._meta.get_field("state").choices or []
            if state in counted
        ],
        "waiting": [(Followed(row, None), claims_by(row)) for row in shown],
        "decided": verdicts,
    }
    return render_page(request, "incidents/desk/passages.html", context)


@require_http_methods(["GET", "POST"])
@editors_only("incidents.add_claim")
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm a passage where it was found, say that it is not there, or place it on words, as ``act`` says."""
    row = get_object_or_404(known(FoundAgain.objects.all()), pk=pk)
    text = row.text_version
    verdicts = list(row.verdicts.select_related("created_by").order_by("pk"))
    followed = Followed(row, verdicts[-1] if verdicts else None)
    initial = {"seen": followed.last_verdict, "text_sha256": text.sha256}
    form = VerdictForm(request.POST or None, row=row, initial=initial)
    status = 200
    if request.method == "POST" and form.is_valid():
        act = request.POST.get("act", "")
        try:
            verdict = following.decide(
                row,
                by=editor(request),
                verdict=act,
                seen=form.cleaned_data["seen"],
                reason=form.cleaned_data["reason"],
                span=form.located() if act == Verdict.PLACED else None,
                seen_sha256=form.cleaned_data["text_sha256"],
            )
        except FollowingError as refusal:
            form.add_error(None, str(refusal))
            status = REFUSED
            # The page shows the last verdict, so the next press counts.
            form.data = {**request.POST.dict(), "seen": followed.last_verdict}
        else:
            told = {"number": text.number, "outcome": Followed(row, verdict).outcome_in_words}
            messages.success(request, gettext("The passage in text %(number)s: %(outcome)s.") % told)
            return HttpResponseRedirect(reverse("desk:article", args=[text.article.public_id]) + f"#again-{row.pk}")
    reading = marked_text.read(text.article, text)
    found = text.text[slice(*followed.span)] if followed.span else ""
    context = {
        **marked_text.context(reading),
        "title": gettext("A passage in a later text"),
        "form": form,
        "followed": followed,
        "verdicts": verdicts,
        "claims": claims_by(row),
        "pieces": difference.compare(row.passage.exact, found) if found else None,
        "needs_scripts": True,
    }
    return render_page(request, "incidents/desk/passage.html", context, status)


@require_GET
@editors_only("incidents.add_claim")
def changes(request: HttpRequest, public_id: str) -> HttpResponse:
    """What differs between two texts of an article (``?from=1&to=2``, or to the current one), word by word."""
    article = get_object_or_404(Article.objects.select_related("source"), public_id=public_id)
    texts = {text.number: text for text in latest_first(article.texts.select_related("capture").defer("text"))}
    if not texts:
        raise Http404
    after = chosen(texts, request.GET.get("to"), next(iter(texts.values())))
    others = [text for text in texts.values() if text.pk != after.pk]
    before = chosen(texts, request.GET.get("from"), others[0] if others else after)
    context = {
        "title": gettext("What differs: text %(first)s and text %(second)s")
        % {"first": before.number, "second": after.number},
        "article": article,
        "before": before,
        "after": after,
        "texts": texts.values(),
        "difference": difference.compare(before.text, after.text),
        "followed": [one for one in following.followed_in(after) if one.passage.text_version_id == before.pk],
    }
    return render_page(request, "incidents/desk/changes.html", context)


def chosen(texts: dict[int, TextVersion], number: str | None, otherwise: TextVersion) -> TextVersion:
    if number is None:
        return otherwise
    wanted = typed_number(number)
    if wanted not in texts:
        raise Http404
    return texts[wanted]


def known(rows: QuerySet[FoundAgain]) -> QuerySet[FoundAgain]:
    return rows.select_related("passage__text_version", "text_version__article__source").defer(
        "passage__text_version__text"
    )


def claims_by(row: FoundAgain) -> list[Claim]:
    """The claims that rest on the passage, so that an editor sees what is at stake."""
    return list(Claim.objects.filter(passage=row.passage).with_evidence().select_related("incident"))
