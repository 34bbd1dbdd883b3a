"""The demonstration corpus goes in as `make run` loads it, and once only."""

import json
from collections import Counter
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command

from archive.models import Article, FoundAgain, Source
from incidents.models import Claim, Edition, Incident
from tests.factories.archive import PlaceFactory
from tests.kept_rows import MakeOnce

pytestmark = pytest.mark.django_db
FOLDER = Path(settings.BASE_DIR) / "fixtures" / "demonstration"


def make_places() -> None:
    document = json.loads((FOLDER / "curation.json").read_text(encoding="utf-8"))
    claims = [claim for incident in document["incidents"].values() for claim in incident["claims"]]
    facilities = document["facilities"].values()
    for pcode in sorted({item["pcode"] for item in (*claims, *facilities) if "pcode" in item}):
        PlaceFactory(pcode=pcode, name_en=f"Place {pcode}")


def load() -> None:
    call_command("load_vocabularies", verbosity=0)
    call_command("import_articles", str(FOLDER / "articles"), verbosity=0)
    call_command("load_curation", str(FOLDER / "curation.json"), verbosity=0)


@pytest.fixture(scope="module")
def _demonstration(make_once: MakeOnce) -> None:
    make_once(make_places)
    make_once(load)


@pytest.mark.usefixtures("_demonstration")
def test_demonstration_shows_every_status_and_loads_once() -> None:
    counts = [model.objects.count() for model in (Article, Claim, Edition)]
    load()

    assert [model.objects.count() for model in (Article, Claim, Edition)] == counts
    statuses = Counter(Incident.objects.values_list("status", flat=True))
    assert statuses == {"published": 17, "draft": 1, "withdrawn": 1, "merged": 1}


@pytest.mark.usefixtures("_demonstration")
def test_demonstration_source_is_called_what_it_is() -> None:
    source = Source.objects.get()
    assert (source.kind, source.text_policy, source.name_ar) == (
        "demonstration",
        "full",
        "ملخصات العرض التوضيحي للأرشيف",
    )


@pytest.mark.usefixtures("_demonstration")
def test_demonstration_has_both_counts_and_the_denial() -> None:
    first, second = Edition.objects.filter(incident__code="x9gkz5").order_by("number")
    assert (first.content["killed"]["low"], first.content["killed"]["contested"]) == (23, False)
    assert (second.content["killed"]["low"], second.content["killed"]["high"]) == (23, None)
    assert second.content["killed"]["contested"]
    disputed = [actor for actor in second.content["actors"] if actor["disputed"]]
    assert [speaker["slug"] for actor in disputed for speaker in actor["denied_by"]] == ["russian-defence-ministry"]


@pytest.mark.usefixtures("_demonstration")
def test_changed_page_is_found_again_and_flagged() -> None:
    changed = FOLDER / "captures" / "mhambil-barrel-bombs-july-2019-changed.warc"
    call_command("import_articles", str(changed), verbosity=0)
    call_command("import_articles", str(changed), verbosity=0)

    article = Article.objects.get(title="Fifteen killed by barrel bombs in Mhambil")
    assert [capture.captured_at.day for capture in article.captures.order_by("captured_at")] == [2, 16]
    found = {row.passage.exact.split(" ")[0]: row.state for row in FoundAgain.objects.filter(text_version__number=2)}
    assert found == {"Syrian": "found", "an": "found", "Fifteen": "review"}
