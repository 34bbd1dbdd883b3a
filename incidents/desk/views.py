"""The reading desk: an article's text, and beside it the form that turns words into claims."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import admin
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from archive import work
from archive.models import Article, Passage, User
from archive.passages import PassageError
from incidents import curation, suggested
from incidents.desk import marked_text
from incidents.desk.forms import NEW, PassageClaimForm
from incidents.desk.permission import editors_only
from incidents.desk.pickers import LOOKUPS
from incidents.desk.refusals import show_refusal
from incidents.desk.saving import save_passage_claims
from incidents.desk.suggestion_rows import faint_marks, filled_in, shown
from incidents.desk.telling import tell
from incidents.errors import CurationError
from incidents.models import Claim
from incidents.suggested import Group

REFUSED = 409


@require_http_methods(["GET", "POST"])
@editors_only("incidents.add_claim")
def article(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show a text (``?text=`` its number, or the newest) and take claims; a refused form comes back as it was."""
    found = get_object_or_404(Article.objects.select_related("source"), public_id=public_id)
    text_version = marked_text.text_of(found, request.GET.get("text"))
    groups = suggested.groups_of(text_version)
    reading = marked_text.read(found, text_version, faint_marks(groups))
    form = form_for(request, reading, groups)
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            claims = save_passage_claims(form, by=editor(request))
        except (PassageError, CurationError) as refusal:
            show_refusal(form, refusal)
            status = REFUSED
        else:
            tell(request, _("Saved"), *claims)
            return HttpResponseRedirect(address_after(request, found, claims[0]))
    context = {**admin.site.each_context(request), **page(reading, form)}
    context["suggestions"] = shown(groups, list(form.incidents.values()))
    return render(request, "incidents/desk/article.html", context, status=status)


def form_for(request: HttpRequest, reading: marked_text.Reading, groups: list[Group]) -> PassageClaimForm:
    last = request.POST.get("incident", request.GET.get("incident", ""))
    offered = marked_text.offered_incidents(reading, last, editor(request).pk)
    options: dict[str, Any] = {"text_version": reading.text_version, "incidents": offered}
    if request.method == "POST":
        return PassageClaimForm(request.POST, **options)
    chosen = last if last in {incident.code for incident in offered} else ""
    if not chosen:
        chosen = reading.incidents[0].code if len(reading.incidents) == 1 else NEW if not offered else ""
    initial = {"incident": chosen, "text_sha256": reading.text_version.sha256}
    return PassageClaimForm(initial={**initial, **selected(request, reading), **proposed(request, groups)}, **options)


def proposed(request: HttpRequest, groups: list[Group]) -> dict[str, Any]:
    """What the row of ``?suggestion=`` proposes, to be changed before it is saved."""
    wanted = request.GET.get("suggestion", "")
    group = next((one for one in groups if suggested.row_of([one], wanted)), None)
    row = suggested.row_of([group], wanted) if group else None
    if group is None or row is None or not row.is_open:
        return {}
    return {**filled_in(row, group), **({"incident": group.incident.code} if group.incident else {})}


def selected(request: HttpRequest, reading: marked_text.Reading) -> dict[str, Any]:
    """The words of ``?passage=``, to claim something more by them, and who says them (``?speaker=``)."""
    wanted = request.GET.get("passage", "").replace("\0", "")
    known = Passage.objects.filter(public_id=wanted, text_version=reading.text_version).first() if wanted else None
    if known is None:
        return {}
    slug = request.GET.get("speaker", "")
    return {"quote": known.exact, "passage": known.public_id, "speaker": LOOKUPS["speaker"].get(slug)}


def address_after(request: HttpRequest, article: Article, claim: Claim) -> str:
    """The same text, at the words just marked, with them, the incident and the speaker chosen for the next claim."""
    assert claim.passage is not None
    kept = {"text": request.GET["text"]} if "text" in request.GET else {}
    said = {"speaker": claim.speaker.slug} if claim.speaker else {}
    query = urlencode({**kept, "incident": claim.incident.code, "passage": claim.passage.public_id, **said})
    return f"{reverse('desk:article', args=[article.public_id])}?{query}#p{claim.passage.public_id}"


def page(reading: marked_text.Reading, form: PassageClaimForm) -> dict[str, Any]:
    last = work.last_reading(reading.article)
    is_unmarked = not reading.groups
    return {
        **marked_text.context(reading),
        "form": form,
        "title": reading.article.title,
        "in_vain": last if last and work.is_read_in_vain(reading.article) else None,
        "is_unmarked": is_unmarked,
        "threads_of": open_threads(reading),
    }


def open_threads(reading: marked_text.Reading) -> dict[int, int]:
    """How many threads about each claim of the article are open, by its key."""
    claims = [claim.pk for group in reading.groups for claim in group.claims]
    found = curation.threads_on(claims)
    return {pk: number for pk, threads in found.items() if (number := sum(one.is_open for one in threads))}


def editor(request: HttpRequest) -> User:
    assert isinstance(request.user, User)
    return request.user
