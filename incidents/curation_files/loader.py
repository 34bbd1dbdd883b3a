"""Loads a curation file through the services that the admin uses: all of it, or nothing and a list of what is wrong."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import DataError, IntegrityError, transaction

from archive.intake import CorrectionError
from archive.models import User
from incidents import curation
from incidents.curation_files import article_corrections, shape
from incidents.curation_files.references import References
from incidents.curation_files.shape import Problem
from incidents.errors import CurationError, InvalidError
from incidents.models import Claim, Incident, IncidentIdentifier

SCHEME = "curation:{}"
# What a value is called in the file, and in a claim.
PLAIN_VALUES = {
    "edtf": "occurred_edtf",
    "part_of_day": "part_of_day",
    "time": "time_of_day",
    "time_to": "time_until",
    "time_about": "time_is_about",
    "precision": "place_precision",
    "within_m": "within_m",
    "low": "count_low",
    "high": "count_high",
    "group": "group",
    "damage": "damage",
}
FILE_KEYS = {field: key for key, field in PLAIN_VALUES.items()} | {
    "place": "pcode",
    "one_of_actors": "actor",
    "latitude": "point",
    "longitude": "point",
}


class FileRefusedError(Exception):
    """The file was not loaded; ``problems`` lists all that is wrong with it."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems


@dataclass
class Report:
    """What a load did: incidents by their key in the file."""

    added: dict[str, Incident] = field(default_factory=dict)
    already_there: dict[str, Incident] = field(default_factory=dict)
    corrected: list[str] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)


def load(document: Any, *, name: str, by: User | None, reviewer: User | None = None) -> Report:
    """Load a file that was read as JSON; ``name`` (of the file) makes its keys permanent identifiers.

    ``reviewer`` publishes what ``by`` made: without one, what a person made is not published (but in a one-person
    archive), and what nobody is named for is published in nobody's name. An incident whose key was loaded before is
    left as it is, whatever became of it. Raises `FileRefusedError` and leaves nothing behind when anything is wrong.
    """
    if found := shape.problems(document):
        raise FileRefusedError(found)
    with transaction.atomic():
        loader = Loader(document, name, by, reviewer)
        report = loader.load()
        if loader.problems:
            raise FileRefusedError(loader.problems)
    return report


class Loader:
    """One file on its way in, inside a transaction of the caller."""

    def __init__(self, document: Mapping[str, Any], name: str, by: User | None, reviewer: User | None) -> None:
        self.document = document
        self.scheme = curation.own_scheme(SCHEME.format(name))
        self.by = by
        self.reviewer = reviewer
        self.known = self.loaded_before()
        self.references = References(self.without_what_is_done(), by)
        self.problems = self.references.problems
        self.report = Report(warnings=self.references.warnings)
        self.claims: dict[str, Claim] = {}

    def loaded_before(self) -> dict[str, Incident]:
        rows = IncidentIdentifier.objects.filter(scheme=self.scheme).select_related("incident")
        known = {row.value: row.incident for row in rows}
        return {key: known[key] for key in self.document["incidents"] if key in known}

    @property
    def fresh(self) -> dict[str, Mapping[str, Any]]:
        return {key: item for key, item in self.document["incidents"].items() if key not in self.known}

    def without_what_is_done(self) -> dict[str, Any]:
        """The file without the facilities of incidents that are there: editors may have renamed them since."""
        fresh = self.fresh
        used, needed = (
            {claim["facility"] for claim in shape.claims(incidents) if "facility" in claim}
            for incidents in (self.document["incidents"].values(), fresh.values())
        )
        facilities = self.document.get("facilities", {})
        kept = {name: item for name, item in facilities.items() if name in needed or name not in used}
        return {**self.document, "facilities": kept}

    def load(self) -> Report:
        self.correct_articles()
        self.report.already_there = self.known
        fresh = self.fresh
        for key, item in fresh.items():
            self.load_incident(key, item)
        for key, item in fresh.items():
            self.close(key, item)
        return self.report

    @contextmanager
    def refusals(self, path: str, keys: Mapping[str, str] = FILE_KEYS) -> Iterator[None]:
        """Turn refusals of the services into problems at their place in the file; what they did is undone."""
        try:
            with transaction.atomic():
                yield
        except (InvalidError, CorrectionError) as error:
            for name, message in error.errors.items():
                self.problems.append(Problem(shape.join(path, keys.get(name, name)), message))
        except CurationError as error:
            self.problems.append(Problem(path, str(error)))
        except (DataError, IntegrityError) as error:
            self.problems.append(Problem(path, f"The database does not take it: {str(error).splitlines()[0]}"))

    def correct_articles(self) -> None:
        for name, item in self.document.get("articles", {}).items():
            text = self.references.texts.get(name)
            path = f"articles.{name}.correct"
            if text and "correct" in item:
                changes = self.changes(item["correct"], path)
                with self.refusals(path):
                    if article_corrections.correct(text.article, changes, by=self.by, reason=item["reason"]):
                        self.report.corrected.append(name)

    def changes(self, values: Mapping[str, str], path: str) -> dict[str, Any]:
        changes: dict[str, Any] = {key: values[key] for key in ("title", "language", "url", "authors") if key in values}
        if "source" in values:
            source = self.references.find(self.references.sources, values["source"], f"{path}.source", "source")
            changes |= {"source": source} if source else {}
        if "published" in values:
            try:
                changes["published_on"] = date.fromisoformat(values["published"])
            except ValueError:
                self.problems.append(Problem(f"{path}.published", "Write a day: YYYY-MM-DD."))
        return changes

    def load_incident(self, key: str, item: Mapping[str, Any]) -> None:
        path = f"incidents.{key}"
        with self.refusals(path):
            incident = curation.create_incident(
                by=self.by,
                scope=item["scope"],
                working_title=item.get("working_title", key),
                code=item.get("code"),
            )
            IncidentIdentifier.objects.create(incident=incident, scheme=self.scheme, value=key, created_by=self.by)
            self.report.added[key] = incident
        if key in self.report.added:
            for stage_path, stage in shape.stages(item, path):
                self.load_stage(self.report.added[key], stage, stage_path)

    def load_stage(self, incident: Incident, stage: Mapping[str, Any], path: str) -> None:
        before = len(self.problems)
        for n, claim in enumerate(stage.get("claims", [])):
            self.load_claim(incident, claim, f"{path}.claims[{n}]")
        for n, sentence in enumerate(stage.get("summary", [])):
            self.load_sentence(incident, sentence, f"{path}.summary[{n}]")
        for name, rank in stage.get("ranks", {}).items():
            self.rank(incident, name, rank, f"{path}.ranks.{name}")
        if "publish" in stage and len(self.problems) == before:
            reasons = self.reasons(incident, stage.get("kept", []), f"{path}.kept")
            with self.refusals(path, {"note": "publish"}):
                if self.reviewer:
                    curation.submit(incident, by=self.by)
                curation.publish(incident, by=self.reviewer or self.by, note=stage["publish"], kept=reasons)

    def reasons(self, incident: Incident, kept: list[Mapping[str, str]], path: str) -> dict[str, str]:
        """The file's answers to the warnings that stand, by their keys; an answer to none of them is a problem."""
        standing = curation.warnings(incident) if kept else []
        found: dict[str, str] = {}
        for n, item in enumerate(kept):
            claim = self.claims.get(f"{incident.pk} {item['claim']}") if "claim" in item else None
            meant = [
                warning.key
                for warning in standing
                if warning.rule == item["warning"]
                and ("claim" not in item or (claim and warning.subject == ("claim", claim.public_id)))
            ]
            if not meant:
                self.problems.append(Problem(f"{path}[{n}]", f"No such warning stands: {item['warning']}."))
            if not item["reason"].strip():
                self.problems.append(Problem(f"{path}[{n}].reason", "Write why it is right as it is."))
            found |= dict.fromkeys(meant, item["reason"])
        return found

    def load_claim(self, incident: Incident, item: Mapping[str, Any], path: str) -> None:
        before = len(self.problems)
        values = self.values(item, path)
        references = self.references
        if "passage" in item:
            values["passage"] = references.find(references.passages, item["passage"], f"{path}.passage", "passage")
        if "speaker" in item:
            values["speaker"] = references.find(references.speakers, item["speaker"], f"{path}.speaker", "speaker")
        texts = {key: item[key] for key in ("stance", "rank", "judgement", "reasoning") if key in item}
        if len(self.problems) > before:
            return
        with self.refusals(path):
            claim = curation.make_claim(incident=incident, by=self.by, aspect=item["aspect"], **texts, **values)
            if "id" in item:
                self.claims[f"{incident.pk} {item['id']}"] = claim

    def values(self, item: Mapping[str, Any], path: str) -> dict[str, Any]:
        """The value of a claim as the services take it."""
        references = self.references
        known = {
            "pcode": ("place", references.places, "place"),
            "facility": ("facility", references.facilities, "facility in the file"),
            "facility_type": ("facility_type", references.types, "kind of facility"),
            "weapon": ("weapon", references.weapons, "weapon"),
        }
        values = {name: item[key] for key, name in PLAIN_VALUES.items() if key in item}
        for key, (name, rows, what) in known.items():
            if key in item:
                values[name] = references.find(rows, item[key], f"{path}.{key}", what)
        if "point" in item:
            try:
                values["latitude"], values["longitude"] = curation.read_point(item["point"])
            except ValueError as refusal:
                self.problems.append(Problem(f"{path}.point", str(refusal)))
        return values | self.actors(item.get("actor", ""), f"{path}.actor")

    def actors(self, named: str, path: str) -> dict[str, Any]:
        """One actor by its slug, or several of whom one did it: `a | b`."""
        known = self.references.actors
        if not named:
            return {}
        found = [self.references.find(known, slug.strip(), path, "actor") for slug in named.split("|")]
        return {"one_of_actors": found} if len(found) > 1 else {"actor": found[0]}

    def load_sentence(self, incident: Incident, item: Mapping[str, Any], path: str) -> None:
        references = self.references
        cited = [references.find(references.passages, name, f"{path}.passages", "passage") for name in item["passages"]]
        if None not in cited:
            with self.refusals(path):
                curation.add_sentence(
                    incident,
                    by=self.by,
                    text_en=item["text_en"],
                    text_ar=item.get("text_ar", ""),
                    passages=cited,
                )

    def rank(self, incident: Incident, name: str, rank: str, path: str) -> None:
        claim = self.references.find(self.claims, f"{incident.pk} {name}", path, "claim with the id")
        if claim:
            claim.refresh_from_db()
            with self.refusals(path):
                curation.rank_claim(claim, by=self.by, seen=claim.lock_version, rank=rank)

    def close(self, key: str, item: Mapping[str, Any]) -> None:
        """Withdraw or merge, once all incidents of the file are there."""
        incident = self.report.added.get(key)
        path = f"incidents.{key}"
        if incident and "withdraw" in item:
            with self.refusals(path, {"reason": "withdraw"}):
                curation.withdraw(incident, by=self.by, reason=item["withdraw"])
        if incident and "merge" in item:
            known = {**self.report.already_there, **self.report.added}
            into = self.references.find(known, item["merge"]["into"], f"{path}.merge.into", "incident in the file")
            if into:
                with self.refusals(f"{path}.merge"):
                    curation.merge(incident, into=into, by=self.by, reason=item["merge"]["reason"])
