"""The benchmarks publish what the archive takes, and measure their floors on the rows that the lists show."""

from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from benchmarks import dataset
from benchmarks.cases import happened
from incidents import curation, vocabularies
from incidents.lists.incident_listing import listing_of
from incidents.models import Edition, WarningAnswer
from tests.factories.archive import PlaceFactory
from tests.factories.listed import published

pytestmark = pytest.mark.django_db
ROWS = """\
id,date,place,facility_type,actor,weapon,killed_low,killed_high,injured
1,2016-05-18,C1,hospital,Unknown,airstrike,1,2,3
10,2016-05-20,C1,school,Russian Armed Forces,airstrike,226,228,1
"""


def test_data_set_is_published_with_its_warnings_answered(tmp_path: Path) -> None:
    vocabularies.load(Path(settings.BASE_DIR) / "fixtures" / "vocabularies")
    PlaceFactory(pcode="C1")
    path = tmp_path / "incidents.csv"
    path.write_text(ROWS)

    assert dataset.publish(path, 2, part=0, parts=1) == 2

    dates = [edition.content["occurred"]["edtf"] for edition in Edition.objects.order_by("pk")]
    assert dates == ["2016-05-18", "2016-05"]
    assert set(WarningAnswer.objects.values_list("rule", flat=True)) == set(dataset.KEPT)


def test_data_set_is_published_again_while_readers_are_measured(tmp_path: Path) -> None:
    vocabularies.load(Path(settings.BASE_DIR) / "fixtures" / "vocabularies")
    PlaceFactory(pcode="C1")
    path = tmp_path / "incidents.csv"
    path.write_text(ROWS)
    curation.own_scheme(dataset.SCHEME)

    drafts = [
        draft for moment in ("1700", "1701") for draft in dataset.drafts(path, 2, 0, 1, dataset.Terms(), again=moment)
    ]
    published = curation.publish_all(drafts, by=None, note=dataset.NOTE)

    assert len(list(published)) == 4


@pytest.mark.parametrize("match", ["possible", "certain"])
@pytest.mark.parametrize(("first", "last"), [("2016-05-18", "2016-05-22"), ("2016-05-01", "2016-05-31")])
def test_floors_find_the_rows_of_the_lists(match: str, first: str, last: str) -> None:
    for on in ("2016-05-18", "2016-05-23~", "2016-05-22?", "2016-06~", "2016-05", "2016-04/2016-05-20", "2017"):
        published(on=on)
    condition, values = happened(match, first, last)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT p.incident_id FROM incidents_publishedincident p WHERE {condition}", values)
        found = {pk for (pk,) in cursor.fetchall()}

    listed = listing_of(f"from={first}&to={last}&match={match}")

    assert found
    assert found == {row.pk for row in listed.filters.qs}
