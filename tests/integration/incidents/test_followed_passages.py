"""The editors' pages of passages in later texts: the desk, the work list, the incident and the page that publishes."""

import pytest
from django.urls import reverse

from archive import following
from archive.models import FoundAgain, FoundVerdict
from incidents import curation
from incidents.errors import UnansweredError
from tests.factories import reviewed
from tests.factories.archive import PassageFactory, TextVersionFactory
from tests.factories.people import person
from tests.factories.publishable import publishable

pytestmark = pytest.mark.django_db

# Demonstration: an invented report and what becomes of it.
FIRST = "Shells hit the old mill of Samplebury at noon. The miller said that two people were killed and taken away.\n"
QUOTE = "The miller said that two people were killed"
CHANGED = FIRST.replace("two people", "nine people")


@pytest.fixture
def passage():
    return PassageFactory(text_version=TextVersionFactory(text=FIRST), exact=QUOTE)


@pytest.fixture
def cited(passage, editor):
    """An incident that rests on the passage."""
    incident = publishable(editor)
    curation.make_claim(
        incident=incident, by=editor, aspect="killed", count_low=2, group="people", passage=passage, judgement=""
    )
    return incident


def followed(passage, text=CHANGED):
    TextVersionFactory(article=passage.text_version.article, text=text)
    following.follow([passage.text_version.article_id])
    return FoundAgain.objects.get(passage=passage, text_version__text=text)


def desk(passage):
    return reverse("desk:article", args=[passage.text_version.article.public_id])


def test_the_desk_marks_what_was_found_again(cited, passage, editor_client):
    row = followed(passage, f"A new line.\n{FIRST}")

    page = editor_client.get(desk(passage)).text

    assert f'class="passage d1 again" data-passages="again-{row.pk}"' in page
    assert "moved, the same words" in page
    assert "need a look" not in page


def test_the_desk_tells_doubtful_ones_apart_and_shows_what_changed(cited, passage, editor_client):
    row = followed(passage)

    page = editor_client.get(desk(passage)).text
    changes = editor_client.get(reverse("desk:changes", args=[passage.text_version.article.public_id])).text

    assert f'class="passage d1 doubtful" data-passages="again-{row.pk}"' in page
    assert "1 needs a look" in page
    assert reverse("desk:passage", args=[row.pk]) in page
    assert "<del>two</del><ins>nine</ins>" in changes


@pytest.mark.parametrize(
    ("sent", "verdict"),
    [
        ({"act": "confirmed"}, "confirmed"),
        ({"act": "rejected", "reason": "Another number."}, "rejected"),
        ({"act": "placed", "reason": "So it says now.", "quote": "nine people"}, "placed"),
    ],
)
def test_a_verdict_takes_it_off_the_work_list(passage, editor_client, sent, verdict):
    row = followed(passage)
    address = reverse("desk:passage", args=[row.pk])
    assert address in editor_client.get(reverse("desk:passages")).text
    assert editor_client.get(address).status_code == 200

    answer = editor_client.post(address, {"seen": "", "text_sha256": row.text_version.sha256, **sent})

    assert answer.status_code == 302
    assert FoundVerdict.objects.get().verdict == verdict
    assert "Waiting (0)" in editor_client.get(reverse("desk:passages")).text


@pytest.mark.parametrize(
    ("sent", "message"),
    [
        ({"act": "rejected"}, "Say why"),
        ({"act": "placed", "reason": "Here."}, "Select the words"),
        ({"act": "placed", "reason": "Here.", "quote": "nothing of the kind at all"}, "does not have these words"),
        ({"act": "nonsense", "reason": "x"}, "Choose what"),
        ({}, "Say why"),
    ],
)
def test_a_refused_verdict_keeps_what_was_typed(passage, editor_client, sent, message):
    row = followed(passage)

    answer = editor_client.post(
        reverse("desk:passage", args=[row.pk]), {"seen": "", "text_sha256": row.text_version.sha256, **sent}
    )

    assert answer.status_code == 409
    assert message in answer.text
    assert sent.get("reason", "") in answer.text
    assert not FoundVerdict.objects.exists()


def test_publishing_warns_until_somebody_looked(cited, passage, editor, reviewer_client):
    row = followed(passage)

    for name in ("change", "publish"):
        page = reviewer_client.get(reverse(f"admin:incidents_incident_{name}", args=[cited.pk])).text
        assert "A cited text has changed" in page
        assert reverse("desk:passage", args=[row.pk]) in page
    assert [warning.rule for warning in curation.warnings(cited)] == ["passage_changed"]
    with pytest.raises(UnansweredError):
        reviewed.publish(cited, note="First edition.")

    following.decide(row, by=person("Editor"), verdict="confirmed", seen="")

    assert curation.warnings(cited) == []
    page = reviewer_client.get(reverse("admin:incidents_incident_publish", args=[cited.pk])).text
    assert "confirmed by an editor" in page


def test_a_passage_that_is_gone_is_published_with_a_reason_only(cited, passage, editor):
    row = followed(passage, "A report of the weather in the valley, which was dry for a week.")
    following.decide(row, by=editor, verdict="confirmed", seen="")

    warnings = curation.warnings(cited)

    assert [warning.rule for warning in warnings] == ["passage_changed"]
    reviewed.publish(cited, note="First.", kept={warnings[0].key: "The outlet took it back; see the note."})


def test_words_that_moved_warn_of_nothing(cited, passage):
    followed(passage, f"A new line.\n{FIRST}")

    assert curation.warnings(cited) == []


@pytest.mark.parametrize("query", ["from=9", "to=x", "from=1&to=99999999999"])
def test_texts_that_are_not_there(passage, editor_client, query):
    address = reverse("desk:changes", args=[passage.text_version.article.public_id])

    assert editor_client.get(f"{address}?{query}").status_code == 404
