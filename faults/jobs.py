"""What is killed in the middle: each can be run again, and then does what is left of it.

A job is given what it tells by: each thing that was acknowledged.
"""

import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from io import StringIO
from typing import Any

from django.core.management import call_command

from drill.version_data import DEMONSTRATION
from faults.sites import EARLIER, FULL, PLACES, READ
from incidents import curation
from incidents.models import Edition, Incident, SummarySentence
from incidents.terms import Status

EDITIONS = 6
Tell = Callable[[Any], None]


@dataclass(frozen=True)
class Job:
    name: str
    begins_with: str  # a kept database
    run: Callable[[Tell], None]


def command(*arguments: str) -> Callable[[Tell], None]:
    def run(tell: Tell) -> None:
        call_command(*arguments, stdout=StringIO(), stderr=StringIO())

    return run


def publications(tell: Tell) -> None:
    """Publish editions of one incident one after the other, as an editor does who looks first whether it is there."""
    sentence = SummarySentence.objects.select_related("incident").order_by("pk").last()
    assert sentence is not None
    for number in range(EDITIONS):
        publish(sentence, number)
        tell(["edition", f"Trial {number}"])


def publish_until(until: float, tell: Tell) -> None:
    """Publish an edition about each second, until that moment of `time.monotonic`."""
    sentence = SummarySentence.objects.select_related("incident").order_by("pk").last()
    assert sentence is not None
    number = 0
    while time.monotonic() < until:
        publish(sentence, number)
        tell(["edition", f"Trial {number}"])
        number += 1
        time.sleep(max(0.0, min(1.0, until - time.monotonic())))


def publish(sentence: SummarySentence, number: int) -> None:
    """Publish the edition of this number, unless it is there."""
    incident = sentence.incident
    note = f"Trial {number}"
    if not Edition.objects.filter(incident=incident, note=note).exists():
        current = SummarySentence.objects.get(pk=sentence.pk)
        if current.text_en != f"{note}.":
            curation.change_sentence(current, by=None, seen=current.lock_version, text_en=f"{note}.")
        kept = {warning.key: "A trial." for warning in curation.warnings(incident)}
        curation.publish(incident, by=None, note=note, kept=kept)


def missing(told: list[Any]) -> list[str]:
    """What was acknowledged and is not there, or is there twice. To be asked on the database of the job."""
    editions = [note for kind, note in told if kind == "edition"]
    merged = [code for kind, code in told if kind == "merged"]
    kept = list(Edition.objects.filter(note__startswith="Trial ").values_list("note", flat=True))
    lost = [f"edition “{note}”" for note in editions if note not in kept]
    closed = set(Incident.objects.filter(code__in=merged, status=Status.MERGED).values_list("code", flat=True))
    return lost + [f"the merge of {code}" for code in merged if code not in closed]


def doubled() -> list[str]:
    """Name what was published more than once."""
    kept = Edition.objects.filter(note__startswith="Trial ").values_list("note", flat=True)
    return [f"edition “{note}”" for note, count in Counter(kept).items() if count > 1]


def merges(tell: Tell) -> None:
    """Merge each second published incident into the one before it, where that may be."""
    rows = list(Incident.objects.filter(editions__isnull=False).distinct().order_by("pk"))
    for survivor, incident in zip(rows[::2], rows[1::2], strict=False):
        if incident.status != Status.MERGED:
            curation.merge(incident, into=survivor, by=None, reason="A trial.")
        tell(["merged", incident.code])


JOBS = (
    Job("an import of reports", PLACES, command("import_articles", str(DEMONSTRATION / "articles"))),
    Job("the loading of a curation", READ, command("load_curation", str(DEMONSTRATION / "curation.json"))),
    Job("publications", FULL, publications),
    Job("merges", FULL, merges),
)
MIGRATIONS = Job("the last migrations", EARLIER, command("migrate", "--verbosity=0"))
