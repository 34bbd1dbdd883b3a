"""Fills what trials begin with: the demonstration, with a small gazetteer, and words that no reader may see."""

import gzip
import shutil
from pathlib import Path
from typing import Any

from drill.installation import Installation
from drill.version_data import DEMONSTRATION, few_places
from faults.pages import SECRETS
from faults.sites import EARLIER, FULL, PLACES, READ, Site

REPORT = """---
title: A report that says {word}
source: Archive demonstration summaries
url: https://reports.example/{word}
lang: en
---
This is a text written for a trial of this archive. It says {word}, and no reader may see it.
"""


BEFORE = {"archive": "0031", "incidents": "0032"}  # the last migrations that the trial of migrations leaves done


def fill(site: Site) -> None:
    places = site.installation.folder / "syria.jsonl.gz"
    places.write_bytes(gzip.compress("".join(few_places()).encode(), mtime=0))
    site.installation.captures.mkdir(exist_ok=True)
    manage = site.installation.manage
    manage("load_gazetteer", str(places))
    manage("load_vocabularies")
    site.keep(PLACES)
    manage("import_articles", str(DEMONSTRATION / "articles"))
    site.keep(READ)
    manage("load_curation", str(DEMONSTRATION / "curation.json"))
    manage("import_articles", str(secret_reports(site.installation.folder / "secrets")))
    site.ask("archive", hide)
    site.keep(FULL)


def go_back(site: Site) -> None:
    """Keep an archive with reports as it was before the last migrations."""
    if site.kept(EARLIER).exists():
        return
    site.copy(READ, EARLIER)
    urls = {"DATABASE_URL": site.url(EARLIER), "DATABASE_OWNER_URL": site.url(EARLIER, "archive_owner")}
    there = Installation(site.installation.folder, urls)
    for app, migration in BEFORE.items():
        there.manage("migrate", app, migration, "--verbosity=0")
    shutil.copytree(site.kept(READ), site.kept(EARLIER))


def secret_reports(folder: Path) -> Path:
    folder.mkdir()
    for word in SECRETS[:2]:
        (folder / f"{word}.md").write_text(REPORT.format(word=word), encoding="utf-8")
    return folder


def hide() -> bool:
    """Embargo one report, withhold the other; draft a sentence, and one that the trial of publications changes."""
    from archive import intake  # noqa: PLC0415 (after the settings)
    from archive.models import Article  # noqa: PLC0415
    from incidents import curation  # noqa: PLC0415
    from incidents.models import Claim, SummarySentence  # noqa: PLC0415

    for word, visibility in zip(SECRETS, ("embargoed", "withheld"), strict=False):
        article = Article.objects.get(title__contains=word)
        changes: dict[str, Any] = {"visibility": visibility, "visibility_reason": "A trial."}
        intake.correct_article(article, by=None, seen=article.lock_version, **changes)
    claims = Claim.objects.filter(incident__status="published", passage__isnull=False).order_by("pk")
    first, last = claims[0], claims.reverse()[0]
    assert first.passage is not None
    assert last.passage is not None
    assert first.incident_id != last.incident_id
    curation.add_sentence(last.incident, by=None, text_en=f"A draft that says {SECRETS[2]}.", passages=[last.passage])
    curation.add_sentence(first.incident, by=None, text_en="Before the trial.", passages=[first.passage])
    return SummarySentence.objects.exists()
