"""A publication a second, as `python -m cluster.publishing`: one JSON line for each that was acknowledged, or failed.

A sentence of the summary of one incident is changed, and the next edition published. After a failure it is looked
whether the edition is there, as an editor looks who got no answer; only where it is not, it is published again.
"""

import json
import os
import sys
import time
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "archive.settings")
django.setup()

from django.db import DatabaseError, connection  # noqa: E402

from incidents import curation  # noqa: E402
from incidents.models import Claim, Edition, Incident, SummarySentence  # noqa: E402

EVERY = 1.0  # seconds


def main() -> None:
    incident, sentence = prepare()
    tell(prepared=incident.code)
    number = 0
    while True:
        number += 1
        note, begun = f"Trial {number}", time.monotonic()
        while True:
            try:
                if not Edition.objects.filter(incident=incident, note=note).exists():
                    publish(incident, sentence, note)
                tell(acknowledged=note)
                break
            except DatabaseError as error:
                tell(failed=note, why=str(error).partition("\n")[0][:120])
                connection.close()
                time.sleep(0.5)
        time.sleep(max(0.0, EVERY - (time.monotonic() - begun)))


def prepare() -> tuple[Incident, int]:
    claim = Claim.objects.filter(incident__status="published", passage__isnull=False).order_by("pk").first()
    assert claim is not None
    assert claim.passage is not None
    made = curation.add_sentence(claim.incident, by=None, text_en="Before the trial.", passages=[claim.passage])
    return claim.incident, made.pk


def publish(incident: Incident, sentence: int, note: str) -> None:
    current = SummarySentence.objects.get(pk=sentence)
    curation.change_sentence(current, by=None, seen=current.lock_version, text_en=f"{note}.")
    kept = {warning.key: "A trial." for warning in curation.warnings(incident)}
    curation.publish(incident, by=None, note=note, kept=kept)


def tell(**what: Any) -> None:
    sys.stdout.write(json.dumps({"at": time.time(), **what}) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
