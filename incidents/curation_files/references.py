"""What a curation file names: vocabularies, places, facilities, texts and passages, looked up in few queries."""

import hashlib
from collections.abc import Mapping
from typing import Any

from archive import passages
from archive.models import Passage, Place, Source, TextVersion, User
from incidents import duplicates, naming
from incidents.curation_files import shape
from incidents.curation_files.shape import Problem
from incidents.errors import LikelyDuplicateError
from incidents.models import Actor, Facility, FacilityType, Speaker, Weapon
from incidents.standing_names import merged_terms

Names = Mapping[str, Any]


class References:
    """Looks up and makes what claims refer to; collects what cannot be found in ``problems``."""

    def __init__(self, document: Mapping[str, Any], by: User | None) -> None:
        self.document = document
        self.by = by
        self.problems: list[Problem] = []
        self.warnings: list[Problem] = []
        self.actors: Names = {actor.slug: actor for actor in Actor.objects.all()} | merged_terms(Actor)
        self.weapons: Names = {weapon.slug: weapon for weapon in Weapon.objects.all()}
        self.types: Names = {term.slug: term for term in FacilityType.objects.all()}
        self.places: Names = Place.objects.in_bulk(self._pcodes(), field_name="pcode")
        self.sources: Names = self._sources()
        self.speakers: Names = self._speakers()
        self.facilities: Names = self._facilities()
        self.texts: dict[str, TextVersion] = self._texts()
        self.passages: dict[str, Passage] = self._passages()

    def find(self, known: Names, name: str, path: str, what: str) -> Any:
        """Return the row, or None and a problem that names what is missing and where it is named."""
        if name not in known:
            self.problems.append(Problem(path, f"There is no {what} “{name}”."))
        return known.get(name)

    def _part(self, key: str) -> Mapping[str, Any]:
        part: Mapping[str, Any] = self.document.get(key, {})
        return part

    def _pcodes(self) -> set[str]:
        claims = shape.claims(self.document["incidents"].values())
        return {item["pcode"] for item in (*claims, *self._part("facilities").values()) if "pcode" in item}

    def _sources(self) -> Names:
        """Sources by slug; one that is known by its slug or its name stays as it is, unless only an import made it."""
        known = {source.slug: source for source in Source.objects.all()}
        by_name = {source.name_en: source for source in known.values()}
        for slug, item in self._part("sources").items():
            source = known.get(slug) or by_name.get(item["name_en"])
            if source and is_untouched(source):
                describe(source, item)
            known[slug] = source or Source.objects.create(slug=slug, created_by=self.by, **item)
        return known

    def _speakers(self) -> Names:
        known = {speaker.slug: speaker for speaker in Speaker.every.all()} | merged_terms(Speaker)
        for slug, item in self._part("speakers").items():
            if slug not in known:
                values = dict(item)
                if "actor" in values:
                    values["actor"] = self.find(self.actors, values["actor"], f"speakers.{slug}.actor", "actor")
                self._warn_of_duplicates(slug, item)
                known[slug] = Speaker.objects.create(slug=slug, created_by=self.by, **values)
        return known

    def _warn_of_duplicates(self, slug: str, item: Mapping[str, Any]) -> None:
        """A speaker is made all the same: whoever runs the load may have meant another, or two that are alike."""
        duplicates.one_at_a_time(Speaker)
        if found := duplicates.like(Speaker, [item["name_en"], item.get("name_ar", "")]):
            slugs = ", ".join(speaker.slug for speaker in found)
            self.warnings.append(
                Problem(f"speakers.{slug}", f"{LikelyDuplicateError(found)} If it is the same one, write {slugs}.")
            )

    def _facilities(self) -> Names:
        """Facilities by their name in the file; the same name, place and type is the same facility."""
        found: dict[str, Facility] = {}
        for name, item in self._part("facilities").items():
            path = f"facilities.{name}"
            place = self.find(self.places, item["pcode"], f"{path}.pcode", "place")
            kind = self.find(self.types, item["type"], f"{path}.type", "kind of facility")
            if place and kind:
                facility = self._facility(item, place, kind, path)
                found |= {name: facility} if facility else {}
        return found

    def _facility(self, item: Mapping[str, Any], place: Place, kind: FacilityType, path: str) -> Facility | None:
        """The facility, made unless there is one; one of a like name nearby needs a reason (``new_because``)."""
        given = (item["name_en"], item.get("name_ar", ""), *item.get("aliases", []))
        like = duplicates.like(Facility, given, place=place) if item.get("new_because", "").strip() else []
        try:
            return naming.create_facility(
                by=self.by,
                name_en=item["name_en"],
                name_ar=item.get("name_ar", ""),
                facility_type=kind,
                place=place,
                aliases=item.get("aliases", []),
                besides=[row.pk for row in like],
            )
        except LikelyDuplicateError as refusal:
            self.problems.append(Problem(path, f"{refusal} Use its name, or say why not in new_because."))
            return None

    def _texts(self) -> dict[str, TextVersion]:
        wanted = {item["sha256"]: name for name, item in self._part("articles").items()}
        rows = TextVersion.objects.filter(sha256__in=wanted).select_related("article").order_by("-pk")
        known = {text.sha256: text for text in rows}
        for sha256, name in wanted.items():
            if sha256 not in known:
                self.problems.append(
                    Problem(
                        f"articles.{name}.sha256", "No text in the archive has this hash: import the article first."
                    )
                )
        return {name: known[sha256] for sha256, name in wanted.items() if sha256 in known}

    def _passages(self) -> dict[str, Passage]:
        found = {}
        for name, item in self._part("passages").items():
            path = f"passages.{name}"
            if item["article"] not in self._part("articles"):
                self.problems.append(Problem(f"{path}.article", f"The file has no article “{item['article']}”."))
            elif text := self.texts.get(item["article"]):
                passage = self._passage(text, item, path)
                if passage:
                    found[name] = passage
        return found

    def _passage(self, text: TextVersion, item: Mapping[str, Any], path: str) -> Passage | None:
        start, end = item["start"], item["end"]
        exact = text.text[start:end] if 0 <= start < end else ""
        if not exact or hashlib.sha256(exact.encode()).hexdigest() != item["sha256"]:
            self.problems.append(Problem(path, f"The words at {start} to {end} are not those of the hash."))
            return None
        try:
            return passages.mark(
                text_version=text, start=start, end=end, exact=exact, seen_sha256=text.sha256, by=self.by
            )
        except passages.PassageError as error:
            self.problems.append(Problem(path, str(error)))
            return None


def is_untouched(source: Source) -> bool:
    """Whether all that is known of the source is the name that imported articles gave."""
    return source.created_by_id is None and source.lock_version == 1


def describe(source: Source, item: Mapping[str, Any]) -> None:
    """Give a source what the file says of it."""
    for field, value in item.items():
        setattr(source, field, value)
    source.save()
