"""The reader of reports with the vocabularies of the database, and what it makes of a text."""

from collections.abc import Iterable
from threading import Lock
from typing import Any

from django.db import connection
from django.db.models import Count, Model, Sum

from archive.gazetteer.index import everything
from archive.models import TextVersion
from incidents.models import Actor, Facility, FacilityType, Speaker, Weapon
from incidents.suggesting import KnownFacility, Named, Reader, Reading, Report, Vocabularies

_TERMS: tuple[type[Model], ...] = (Actor, Weapon, FacilityType, Speaker, Facility)
_lock = Lock()
_kept: dict[tuple[Any, ...], Reader] = {}


def suggestions_for(text: TextVersion) -> Reading:
    """What a stored text may say of attacks. It reads, and changes nothing."""
    return reader().read(report_of(text))


def report_of(text: TextVersion) -> Report:
    article = text.article
    return Report(text=text.text, title=article.title, published=article.published_on, language=article.language)


def reader() -> Reader:
    """The reader, from this process's memory: made when first asked for, and when a vocabulary has changed since."""
    places = everything()
    stamp = (id(places), *_stamp())
    with _lock:
        if stamp not in _kept:
            made = Reader(vocabularies())
            _kept.clear()
            _kept[stamp] = made
        return _kept[stamp]


def vocabularies() -> Vocabularies:
    """All accepted terms with their names, the facilities, and the finder of places. Six queries."""
    return Vocabularies(
        actors=_named(Actor.objects.values_list("slug", "name_en", "name_ar", "aliases")),
        weapons=_named(Weapon.objects.values_list("slug", "name_en", "name_ar", "plural_en", "plural_ar")),
        facility_types=_named(FacilityType.objects.values_list("slug", "name_en", "name_ar", "plural_en", "plural_ar")),
        speakers=[
            Named(slug, _names(name_en, name_ar, aliases), actor or "")
            for slug, name_en, name_ar, aliases, actor in Speaker.objects.values_list(
                "slug", "name_en", "name_ar", "aliases", "actor__slug"
            )
        ],
        facilities=[
            KnownFacility(public_id, _names(name_en, name_ar, aliases), kind, pcode)
            for public_id, name_en, name_ar, aliases, kind, pcode in Facility.objects.unmerged()
            .order_by("pk")
            .values_list("public_id", "name_en", "name_ar", "aliases", "facility_type__slug", "place__pcode")
        ],
        places=everything().finder,
    )


def _named(rows: Iterable[tuple[Any, ...]]) -> list[Named]:
    return [Named(slug, _names(*names)) for slug, *names in rows]


def _names(*names: str | list[str]) -> tuple[str, ...]:
    flat = (name for given in names for name in ([given] if isinstance(given, str) else given))
    return tuple(dict.fromkeys(name for name in flat if name))


def _stamp() -> tuple[Any, ...]:
    counted = (
        model._default_manager.aggregate(count=Count("pk"), changes=Sum("lock_version")).values() for model in _TERMS
    )
    return connection.alias, connection.settings_dict["NAME"], *(value for values in counted for value in values)
