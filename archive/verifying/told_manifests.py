"""What the log tells of manifests and time-stamps, compared with those that are there."""

import json
from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import Any

from archive.models import CustodyEvent, Manifest, TimeStamp
from archive.terms import CustodyAct


def told_of(event: CustodyEvent | None) -> Mapping[str, Any]:
    """Return what a line says of a manifest; nothing where it says nothing of one, or is not there."""
    return _read(event.details) if event is not None and event.event == CustodyAct.STAMPED else {}


def differing(lines: Iterable[tuple[int, str]]) -> dict[int, str]:
    """Say of lines (number and details of those that tell of a manifest or a time-stamp) what is not there as told."""
    told = {number: _read(details) for number, details in lines}
    wanted = {said["manifest"] for said in told.values() if said}
    manifests = dict(Manifest.objects.filter(pk__in=wanted).values_list("pk", "sha256"))
    stamps: dict[int, set[tuple[str, str]]] = {}
    for stamp in TimeStamp.objects.filter(manifest__in=wanted):
        digests = (sha256(stamp.request).hexdigest(), sha256(stamp.reply).hexdigest())
        stamps.setdefault(stamp.manifest_id, set()).add(digests)
    problems = {}
    for number, said in told.items():
        manifest = int(said.get("manifest") or 0)
        if "reply" in said and (said.get("request"), said["reply"]) not in stamps.get(manifest, set()):
            problems[number] = f"the time-stamp of manifest {manifest} of which it tells is not there as it was"
        elif "sha256" in said and manifests.get(manifest) != said["sha256"]:
            there = "has another SHA-256" if manifest in manifests else "is not there"
            problems[number] = f"manifest {manifest} of which it tells {there}"
    return problems


def _read(details: str) -> Mapping[str, Any]:
    try:
        said = json.loads(details)
    except ValueError:
        return {}
    return said if isinstance(said, dict) and isinstance(said.get("manifest"), int) else {}
