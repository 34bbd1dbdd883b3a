"""The address of a passage: its place in the article, and its record for machines."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from archive import addresses, withheld
from archive.articles import annotations
from archive.models import Passage
from archive.web.citations import LD_JSON, described_by, linked
from archive.web.linking import SCHEMA, Link
from archive.web.middleware import methods_of

OF_PROFILE = f'{LD_JSON}; profile="{annotations.CONTEXT}"'
KINDS = ("http://www.w3.org/ns/ldp#Resource", "http://www.w3.org/ns/oa#Annotation")


@require_safe
def passage(request: HttpRequest, public_id: str) -> HttpResponse:
    """Send the reader to the passage in the text that it was marked in; who asks for JSON-LD, to the annotation."""
    shown = published_passage(public_id)
    if request.get_preferred_type(["text/html", LD_JSON, OF_PROFILE]) in (LD_JSON, OF_PROFILE):
        return varying(HttpResponseRedirect(reverse("passage_jsonld", args=[public_id])))
    text = shown.text_version
    address = reverse("article_text", args=[text.article.public_id, text.number])
    links = [
        Link(addresses.whole("passage", public_id), "cite-as"),
        Link(f"{SCHEMA}Quotation", "type"),
        *described_by(
            lambda suffix: addresses.whole("passage_citation", public_id, suffix),
            addresses.whole("passage_jsonld", public_id),
        ),
    ]
    return varying(linked(HttpResponseRedirect(f"{address}#p{shown.public_id}"), links))


@require_safe
def passage_jsonld(request: HttpRequest, public_id: str) -> HttpResponse:
    """Give the passage as a W3C Web Annotation: what it supports, and where it stands, in code points.

    With the headers that the Web Annotation Protocol (§3) asks for; the entity tag comes with the caching of pages.
    """
    document = annotations.document(published_passage(public_id))
    response = JsonResponse(document, content_type=OF_PROFILE, json_dumps_params={"ensure_ascii": False, "indent": 2})
    response.headers["Allow"] = ", ".join(methods_of(request.path_info) or ())
    links = [Link(addresses.whole("passage", public_id), "describes", "text/html")]
    return linked(response, [*links, *(Link(kind, "type") for kind in KINDS)])


def varying(response: HttpResponse) -> HttpResponse:
    """Let caches know that what is asked for decides where this leads."""
    patch_vary_headers(response, ["Accept"])
    return response


def published_passage(public_id: str) -> Passage:
    """Return a passage as readers see it."""
    related = ("text_version__article__source", "text_version__capture")
    passages = Passage.objects.published().select_related(*related).defer("text_version__text")
    found = get_object_or_404(passages.prefetch_related("citations"), public_id=public_id)
    return withheld.shown_passages([found])[0]
