"""Answering what is suggested at the desk."""

from dataclasses import replace
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from archive.models import Article, TextVersion
from archive.passages import PassageError
from incidents import suggested
from incidents.desk import marked_text
from incidents.desk.forms import NEW
from incidents.desk.permission import editors_only
from incidents.desk.telling import warn_of_private_speakers
from incidents.desk.views import editor
from incidents.errors import CurationError
from incidents.models import Incident
from incidents.suggested import Group, Row
from incidents.terms import Status


@require_POST
@editors_only("incidents.add_claim")
def answer(request: HttpRequest, public_id: str) -> HttpResponse:
    """Accept, dismiss or reopen a row (``row``) or all open rows of a letter (``group``), as ``act`` says."""
    article = get_object_or_404(Article.objects.select_related("source"), public_id=public_id)
    text_version = marked_text.text_of(article, request.GET.get("text"))
    into = request.POST.get("into", "")
    act, _space, key = ("accept", "", "") if into else request.POST.get("act", "").partition(" ")
    groups = suggested.groups_of(text_version)
    group = next((one for one in groups if one.letter == request.POST.get("group")), None)
    rows = chosen_rows(group, act, key, set(request.POST.getlist("shown")))
    code = ""
    if group is None or not rows:
        messages.warning(request, _("That is suggested no more, or has been answered meanwhile. Nothing was done."))
    elif act == "accept":
        code = accept(request, text_version, group, rows, proposes=bool(key))
    elif act == "dismiss":
        count = suggested.dismiss(text_version=text_version, rows=rows, by=editor(request))
        messages.success(
            request,
            ngettext("%(number)s suggestion dismissed.", "%(number)s suggestions dismissed.", count)
            % {"number": count},
        )
    elif act == "reopen":
        count = suggested.reopen(text_version=text_version, rows=rows, by=editor(request))
        messages.success(
            request,
            ngettext("%(number)s suggestion offered again.", "%(number)s suggestions offered again.", count)
            % {"number": count},
        )
    return HttpResponseRedirect(address_after(request, article, code))


def chosen_rows(group: Group | None, act: str, key: str, shown: set[str]) -> list[Row]:
    """The row of a key, or all of a group that were shown: of these only such as need no second look are accepted.

    None where the rows that were shown are of this group no more: letters move when a vocabulary changes.
    """
    if group is None or (not key and shown - {row.key for row in group.rows}):
        return []
    if key:
        wanted = [row for row in group.rows if row.key == key]
        return [row for row in wanted if row.is_open == (act != "reopen")]
    waiting = [row for row in group.open_rows if row.key in shown]
    if act == "accept":
        return [row for row in waiting if row.suggestion.is_certain]
    return waiting if act == "dismiss" else []


def accept(request: HttpRequest, text_version: TextVersion, group: Group, rows: list[Row], *, proposes: bool) -> str:
    """Make the claims; returns the code of their incident, "" when none could be made."""
    chosen = request.POST.get("into") or request.POST.get("incident", NEW)
    incident = None
    if chosen != NEW:
        incident = Incident.objects.exclude(status=Status.MERGED).filter(code=chosen.replace("\0", "")).first()
        if incident is None:
            messages.error(request, _("That incident is there no more: choose another. Nothing was done."))
            return ""
    try:
        done = suggested.accept(
            text_version=text_version,
            rows=rows,
            incident=incident,
            seen_sha256=request.POST.get("text_sha256", ""),
            by=editor(request),
            pcode=group.pcode,
            group=as_shown(request, group),
            proposes=proposes,
        )
    except (suggested.AcceptError, PassageError, CurationError) as refusal:
        messages.error(request, _("Nothing was saved. %(reason)s") % {"reason": refusal})
        return ""
    told = ngettext(
        "%(number)s suggestion accepted, as claims of %(code)s.",
        "%(number)s suggestions accepted, as claims of %(code)s.",
        len(done.claims),
    )
    messages.success(request, told % {"number": len(done.claims), "code": done.incident.code})
    warn_of_private_speakers(request, *done.claims)
    for row, why in done.left:
        messages.warning(request, _("%(row)s is left: %(reason)s") % {"row": row.code, "reason": why})
    return done.incident.code


def as_shown(request: HttpRequest, group: Group) -> Group:
    """The group with the claims that it had when the page was made: those of the incident that the page knew."""
    before = request.POST.get("before", "")
    rows = [row if row.claim and row.claim.incident.code == before else replace(row, claim=None) for row in group.rows]
    return replace(group, rows=tuple(rows))


def address_after(request: HttpRequest, article: Article, code: str) -> str:
    kept = {"text": request.GET["text"]} if "text" in request.GET else {}
    query = urlencode({**kept, **({"incident": code} if code else {})})
    return f"{reverse('desk:article', args=[article.public_id])}{'?' if query else ''}{query}#desk-suggestions"
