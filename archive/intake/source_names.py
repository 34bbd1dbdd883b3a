"""From the name of a source to its row; a name that is not known makes a new one."""

from collections.abc import Iterable

from django.db.models import Q
from django.utils.text import slugify

from archive.codes import new_code
from archive.models import Source, User
from archive.text.folding import fold

SLUG_LENGTH = 80


def sources_by_name(names: Iterable[str], *, by: User | None) -> dict[str, Source]:
    """Return the source of each name that is not empty: by name in either language, folded, or by slug.

    A new source shows cited passages only, until an editor says otherwise.
    """
    wanted = sorted({name for name in names if name})
    if not wanted:
        return {}
    found = {source.name_en: source for source in Source.objects.filter(name_en__in=wanted)}
    if len(found) < len(wanted):
        known = _known()
        for name in wanted:
            folded = _folded(name)
            if name not in found:
                found[name] = known.get(folded) or _create(name, by)
                known[folded] = found[name]
    return found


def _known() -> dict[str, Source]:
    """All sources by their folded names; there are hundreds, and new ones are rare."""
    known: dict[str, Source] = {}
    for source in Source.objects.order_by("-pk"):
        for name in (source.slug, source.name_ar, source.name_en):
            if name:
                known[_folded(name)] = source
    return known


def _create(name: str, by: User | None) -> Source:
    slug = slugify(name)[:SLUG_LENGTH].strip("-") or f"source-{new_code(6)}"
    if Source.objects.filter(Q(slug=slug)).exists():
        slug = f"{slug[: SLUG_LENGTH - 7].strip('-')}-{new_code(6)}"
    return Source.objects.create(slug=slug, name_en=name, name_ar="" if name.isascii() else name, created_by=by)


def _folded(name: str) -> str:
    return " ".join(fold(name).text.split())
