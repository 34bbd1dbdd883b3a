"""Charts of several selections: parts side by side and stacked, and selections that are compared."""

import random

import pytest
from django.http import QueryDict
from django.test import Client

from archive.models import Place
from incidents.lists.chart.curves import Curves
from incidents.lists.incident_listing import listing_of
from tests.factories.incidents import ActorFactory, WeaponFactory
from tests.factories.listed import gazetteer_town, published
from tests.factories.struck_town import struck_town
from tests.factories.varied import Varied
from tests.integration.incidents.test_charts import chart_of, rows

pytestmark = pytest.mark.django_db


@pytest.fixture
def hit() -> Place:
    return struck_town()


QUERIES = [
    "", "actor=state", "town=SY07&town=SY12", "town=SY07", "weapon=air-strike", "match=certain&from=2019",
]  # fmt: skip


@pytest.mark.parametrize("split", ["actor", "facility_type", "weapon", "town"])
def test_parts_are_as_long_as_their_lists(split: str) -> None:
    Varied.new().incidents(random.Random(split), 40)

    for query in (
        "",
        "actor=state",
        "town=SY07&town=SY12",
        "town=SY07",
        "weapon=air-strike",
        "match=certain&from=2019",
    ):
        chart = chart_of(f"{query}&split={split}&by=year").chart
        assert chart.panels, query
        for panel in chart.panels:
            assert panel.total.incidents == listing_of(panel.series.params.urlencode()).count.number, panel.series.key
        everything = {row for one in chart.series for row in one.rows}
        assert chart.left_out == len(chart.selection.rows) - len(everything)


@pytest.mark.parametrize("split", ["actor", "facility_type", "weapon", "town"])
def test_stack_is_as_high_as_the_whole(split: str) -> None:
    Varied.new().incidents(random.Random(split), 40)

    chart = chart_of(f"split={split}&layout=stacked&by=month&from=2018&to=2020").chart

    (panel,) = chart.panels
    whole = chart_of("by=month&from=2018&to=2020").chart.panels[0]
    assert [bar.figure for bar in panel.bars] == [bar.figure for bar in whole.bars]
    for at, bar in enumerate(panel.bars):
        assert sum(figures[at].low for _series, figures, _total in chart.stacked) == bar.figure.low
        assert sum(figures[at].possible for _series, figures, _total in chart.stacked) == bar.figure.possible
    best = max(panel.bars, key=lambda bar: bar.figure.low)
    assert all(
        f"{series.name}: " in best.words for series, all_, _total in chart.stacked if all_[panel.bars.index(best)].low
    )
    rows = [series.rows for series in chart.stacked_series]
    assert sum(map(len, rows)) == len(frozenset().union(*rows)) == panel.total.incidents


def test_places_are_split_where_they_differ() -> None:
    varied = Varied.new()
    north, south, district = (Place.objects.get(pcode=code) for code in ("SY07", "SY12", "SY0701"))
    for place in (varied.places[0], varied.places[1], district):
        published(places=[place])

    def parts(query: str) -> set[str]:
        return {one.key for one in chart_of(f"{query}&split=town").chart.series}

    assert parts("") == {"town:C1000", "town:C1001"}
    assert chart_of("split=town").chart.left_out == 1
    published(places=[south])
    assert parts("") == {"town:SY07", "town:SY12"}
    assert parts("town=SY07") == {"town:C1000", "town:C1001"}
    assert parts(f"town={north.pcode}&town={south.pcode}") == {"town:SY07", "town:SY12"}


def test_selections_are_compared_on_one_scale(hit: Place) -> None:
    chart = chart_of("by=month&from=2019&to=2019&compare=actor:first&compare=actor:second").chart

    assert [panel.name for panel in chart.panels] == ["First", "Second"]
    assert len({(panel.plot.largest, len(panel.bars)) for panel in chart.panels}) == 1
    assert [panel.total.incidents for panel in chart.panels] == [3, 3]
    asked = QueryDict(chart.panels[0].bars[4].query).dict()
    assert asked == {"actor": "first", "from": "2019-05", "to": "2019-05"}


def test_periods_are_compared_each_on_its_own_days(hit: Place) -> None:
    published(on="2018-05-03")

    chart = chart_of("by=month&compare=from:2018,to:2018&compare=from:2019,to:2019").chart

    assert [panel.name for panel in chart.panels] == ["in 2018", "in 2019"]
    assert [panel.bars[4].name for panel in chart.panels] == ["May 2018", "May 2019"]
    assert [panel.bars[4].figure.low for panel in chart.panels] == [1, 3]


def test_one_selection_is_compared_with_the_whole(hit: Place) -> None:
    chart = chart_of("by=year&compare=actor:first").chart

    assert [(panel.name, panel.total.incidents) for panel in chart.panels] == [("all of these", 6), ("First", 3)]


@pytest.mark.parametrize(
    ("compared", "drawn", "said"),
    [
        ("actor:first&compare=actor:second&compare=actor:first", ["First", "Second"], "“actor:first” was given more"),
        (
            "from:2018,to:2018&compare=from:2019,to:2019&compare=to:2018-12-31,from:2018-01",
            ["in 2018", "in 2019"],
            "“to:2018-12-31,from:2018-01” selects the same as “from:2018,to:2018”",
        ),
        ("actor:first&compare=scope:attack,actor:first", ["all of these", "First"], "selects the same"),
        ("scope:attack", ["all of these"], "“scope:attack” selects all of these"),
    ],
)
def test_same_selection_is_drawn_once_and_said_to_be(
    client: Client, hit: Place, compared: str, drawn: list[str], said: str
) -> None:
    published(on="2018-05-03", actors=[ActorFactory(slug="third")])

    chart = chart_of(f"by=year&compare={compared}").chart

    assert [panel.name for panel in chart.panels] == drawn
    assert said in client.get(f"/charts/?by=year&compare={compared}").text


def test_different_selections_are_not_said_to_be_one(hit: Place) -> None:
    chart = chart_of("by=year&compare=actor:first&compare=actor:first,from:2019").chart

    assert chart.filters.repeated == []
    assert len(chart.panels) == 2


def curves(query: str) -> Curves:
    found = chart_of(query).chart.curves
    assert found is not None
    return found


def test_lines_are_the_panels_on_one_scale(hit: Place) -> None:
    query = "by=month&from=2019&to=2019&compare=actor:first&compare=actor:second"
    panels, found = chart_of(query).chart.panels, curves(f"{query}&layout=lines")

    assert [curve.name for curve in found.curves] == [panel.name for panel in panels]
    for curve, panel in zip(found.curves, panels, strict=True):
        assert {point.bar.name: point.bar.figure for point in curve.points} == {
            bar.name: bar.figure for bar in panel.filled
        }
        assert all(point.y == found.plot.y(point.bar.figure.low) for point in curve.points)
        assert all(point.top == found.plot.y(point.bar.figure.top) for point in curve.points)


def test_lines_differ_by_dash_and_mark_and_have_their_names(client: Client, hit: Place) -> None:
    page = client.get("/charts/?split=actor&layout=lines&by=year").content.decode()
    found = curves("split=actor&layout=lines&by=year")

    assert len({curve.dash for curve in found.curves}) == len(found.curves) > 1
    assert len({point.shape for curve in found.curves for point in curve.points}) > 1
    for curve in found.curves:
        assert page.count(f">{curve.names[0][0]}</text>") == 1


@pytest.mark.parametrize(
    ("by", "compared", "expected"),
    [
        ("quarter", "compare=from:2018,to:2018&compare=from:2019,to:2019", ["Q1", "Q2", "Q3", "Q4"]),
        ("month", "compare=from:2018-01,to:2018-03&compare=from:2019-01,to:2019-02", ["01", "02", "03"]),
        ("month", "compare=from:2018-01,to:2018-03&compare=from:2019-02,to:2019-04", ["1", "2", "3"]),
        ("year", "compare=from:2018,to:2018&compare=from:2019,to:2019", ["1"]),
        ("month", "from=2019&to=2019-03&compare=scope:attack&compare=scope:any", ["2019-01", "2019-02", "2019-03"]),
    ],
)
def test_periods_lie_over_each_other(by: str, compared: str, expected: list[str]) -> None:
    for month in range(1, 5):
        for year in (2018, 2019):
            published(on=f"{year}-{month:02}-03")
    found = curves(f"by={by}&layout=lines&{compared}")

    assert [short.replace("\u2060", "") for short, _x in found.shorts] == expected


def test_line_has_a_gap_where_no_number_is_known() -> None:
    town = gazetteer_town()
    for month, killed in ((1, 3), (2, None), (3, 5)):
        published(on=f"2019-{month:02}-01", places=[town], killed=killed)

    (curve, _other) = curves("by=month&layout=lines&measure=killed&compare=town:C4068&compare=town:SY07").curves

    assert curve.path.count("M") == 2
    assert [(point.bar.name, point.tag, bool(point.shape)) for point in curve.points] == [
        ("January 2019", "3", True),
        ("February 2019", "?", False),
        ("March 2019", "5", True),
    ]


def test_comma_of_a_value_belongs_to_it(hit: Place) -> None:
    one, two = chart_of("compare=q:attack, Town,from:2019&compare=q:nothing").filters.compared

    assert (one.value("q"), str(one.value("from"))) == ("attack, Town", "2019-01-01")
    assert two.value("q") == "nothing"


def test_what_was_withdrawn_is_not_drawn(client: Client) -> None:
    published(on="2019-05-02", killed=3)
    published(on="2019-05-03", killed=40, state="withdrawn")

    (bar, _all) = rows(client, "/charts.csv?measure=killed&by=month&updated_since=2000-01-01")

    assert (bar["certain_low"], bar["incidents_certain"]) == ("3", "1")
    assert "not drawn" in client.get("/charts/?updated_since=2000-01-01").content.decode()


@pytest.mark.parametrize("number", [2, 8])
def test_queries_do_not_grow_with_the_bars(client: Client, number: int, django_assert_max_num_queries) -> None:
    Varied.new().incidents(random.Random(1), 20)
    for index in range(number):
        published(on=f"2019-05-{index + 1:02}", weapons=[WeaponFactory(parent=WeaponFactory())])
    asked = ["", "split=actor", "split=weapon", "split=weapon&layout=lines", "split=weapon&layout=stacked"]
    for query in (*asked, "split=town&by=month&from=2018&to=2019", "measure=facilities"):
        client.get(f"/charts/?{query}")
        with django_assert_max_num_queries(8):
            client.get(f"/charts/?{query}")
