"""My work: what waits for whom, with counts; dividing, reading in vain, comments."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from archive import work
from archive.admin import my_work
from archive.models import Article, ArticleReading, User
from archive.work import WorkError
from incidents import curation, proposals
from incidents.errors import CurationError, InvalidError, StaleThreadError
from incidents.models import Comment, Incident
from tests.factories import reviewed
from tests.factories.archive import ArticleFactory, PassageFactory, TextVersionFactory
from tests.factories.incidents import ClaimFactory, IncidentFactory
from tests.factories.people import person
from tests.factories.publishable import publishable
from tests.integration.incidents.conftest import page, signed_in

pytestmark = pytest.mark.django_db
INSIDE = "The editor was told so by the council."


def holds(client: Client, key: str, **query: str) -> list[str]:
    """The names of the items of a section; a section that is not there has None."""
    shown = client.get(reverse("admin:index"), query).context["work"]
    found = [one.found for one in shown if one.section.key == key]
    assert all(found[0].count >= len(one.items) for one in found[:1] for one in found)
    return [item.name for item in found[0].items] if found else ["no such section"]


def test_an_incident_goes_from_list_to_list(editor: User, editor_client: Client) -> None:
    incident = publishable(editor)
    reviewer = person("Reviewer")
    clients = editor_client, signed_in(reviewer), signed_in(person("Reviewer"))

    def where() -> dict[str, list[int]]:
        keys = ("begun", "review", "back", "unpublished")
        return {
            key: [n for n, one in enumerate(clients) if any(incident.code in name for name in holds(one, key))]
            for key in keys
        }

    assert where() == {"begun": [0], "review": [], "back": [], "unpublished": []}
    curation.submit(incident, by=editor)
    assert where() == {"begun": [], "review": [1, 2], "back": [], "unpublished": []}
    claim = incident.claims.get(aspect="injured")
    curation.rank_claim(claim, by=reviewer, seen=claim.lock_version, rank="preferred")
    assert where() == {"begun": [], "review": [2], "back": [], "unpublished": []}  # it is their work as well by now
    curation.send_back(incident, by=reviewer, comment="Which day?")
    assert where() == {"begun": [], "review": [], "back": [0], "unpublished": []}
    reviewed.publish(incident, note="First.")
    assert where() == {"begun": [], "review": [], "back": [], "unpublished": []}
    curation.make_claim(incident=incident, by=editor, aspect="killed", count_low=1, group="people", judgement=INSIDE)
    Incident.objects.get(pk=incident.pk)
    assert where() == {"begun": [], "review": [], "back": [], "unpublished": [0, 1, 2]}


def test_sections_are_for_those_who_may(editor_client: Client, administrator_client: Client, editor: User) -> None:
    proposals.propose("actor", by=editor, name="River fleet")

    assert holds(editor_client, "terms") == holds(editor_client, "review") == ["no such section"]
    assert holds(administrator_client, "terms") == ["River fleet"]
    nobody = signed_in(User.objects.create_user("new", is_staff=True))
    assert "Your account has no role yet" in nobody.get(reverse("admin:index")).text


def test_unread_articles_are_divided_read_and_put_aside(editor: User, editor_client: Client) -> None:
    texts = [TextVersionFactory(article=ArticleFactory(published_on=day)) for day in ("2019-01-03", "2019-01-02", None)]
    first, second, undated = (text.article for text in texts)
    colleague = person("Editor")
    assert holds(editor_client, "unread") == [first.title, second.title, undated.title]

    work.assign_articles([first.pk], to=colleague, by=editor)
    work.assign_articles([undated.pk], to=editor, by=colleague)
    assert holds(editor_client, "unread", whose="me") == holds(editor_client, "articles") == [undated.title]
    assert holds(editor_client, "unread", whose="nobody") == [second.title]
    assert work.next_unread(editor) == undated
    assert work.next_unread(editor, after=undated) == second
    assert editor_client.get(reverse("desk:next"), {"after": undated.public_id}).url.endswith(f"/{second.public_id}/")

    address = reverse("desk:nothing", args=[second.public_id])
    assert "reason" in editor_client.post(address, {"seen": texts[1].sha256, "reason": " "}).context["form"].errors
    editor_client.post(address, {"seen": texts[1].sha256, "reason": "A <i>football</i> match."})
    assert holds(editor_client, "unread") == [first.title, undated.title]
    desk = editor_client.get(reverse("desk:article", args=[second.public_id])).text
    assert "A &lt;i&gt;football&lt;/i&gt; match." in desk

    editor_client.post(address, {"act": "after_all"})
    assert second.title in holds(editor_client, "unread")
    editor_client.post(address, {"seen": texts[1].sha256, "reason": "A match."})
    PassageFactory(text_version=texts[0], exact=texts[0].text[:5])
    assert holds(editor_client, "unread") == [undated.title]
    TextVersionFactory(article=second, text="There was an attack after all.", number=2)
    assert holds(editor_client, "unread") == [second.title, undated.title]


def test_a_verdict_on_reading_is_refused(editor: User) -> None:
    text = TextVersionFactory()
    for reason, seen in ((" ", text.sha256), ("A match.", "0" * 64)):
        with pytest.raises(WorkError):
            work.read_in_vain(text.article, by=editor, reason=reason, seen=seen)
    with pytest.raises(WorkError):
        work.read_after_all(text.article, by=editor)
    PassageFactory(text_version=text, exact=text.text[:5])
    with pytest.raises(WorkError, match="Passages are marked"):
        work.read_in_vain(text.article, by=editor, reason="A match.", seen=text.sha256)
    with pytest.raises(IntegrityError), transaction.atomic():
        ArticleReading.objects.create(article=text.article, text_version=text, verdict="nothing", by=editor)


@pytest.mark.parametrize("label", ["archive.article", "incidents.incident"])
def test_many_are_assigned_and_tagged_at_once(label: str, editor: User, editor_client: Client) -> None:
    rows = [ArticleFactory() if label == "archive.article" else IncidentFactory() for _ in range(2)]
    address = page(label, "changelist")

    def act(action: str, **sent: object) -> str:
        chosen = {"_selected_action": [row.pk for row in rows], "action": action}
        return editor_client.post(address, {**chosen, **sent}, follow=True).text

    act("assign", assignee=editor.pk)
    act("add_tag", tag="  Field   HOSPITALS ")
    act("add_tag", tag="field hospitals")
    shown = editor_client.get(address, {"assigned": "me", "tag": "field hospitals"}).context["cl"]
    assert {row.pk for row in shown.queryset} == {row.pk for row in rows}
    assert [tag.name for tag in rows[0].tags.all()] == ["field hospitals"]
    assert "Choose somebody of the list" in act("assign", assignee="999999")
    assert type(rows[0]).objects.filter(assignment=None).count() == 0
    assert "A tag is one line" in act("add_tag", tag=" ")
    act("remove_tag", tag="field hospitals")
    act("assign", assignee="")
    assert not rows[0].tags.exists()
    assert type(rows[0]).objects.filter(assignment=None).count() == 2

    reader = signed_in(person("Editor"))
    reader_user = User.objects.latest("pk")
    reader_user.groups.clear()
    reader_user.user_permissions.set(editor.groups.get().permissions.filter(codename__startswith="view_"))
    sent = {"_selected_action": [rows[0].pk], "action": "assign", "assignee": editor.pk}
    reader.post(address, sent)
    assert type(rows[0]).objects.filter(assignment=None).count() == 2


def test_comments_wait_for_those_whom_they_are_for(editor: User, editor_client: Client, reviewer: User) -> None:
    claim = ClaimFactory(killed=True, created_by=editor)
    reviewer_client = signed_in(reviewer)
    first = curation.comment(claim.incident, by=reviewer, text=" Who counted?\r\n", claim=claim)
    assert (first.text, len(holds(editor_client, "comments")), holds(reviewer_client, "comments")) == (
        "Who counted?",
        1,
        [],
    )

    curation.comment(claim.incident, by=editor, text="The wardens.", thread=first)
    assert (holds(editor_client, "comments"), len(holds(reviewer_client, "comments"))) == ([], 1)
    with pytest.raises(StaleThreadError):
        curation.resolve(first, by=reviewer, seen=first.pk)
    last = curation.resolve(first, by=reviewer, seen=first.replies.get().pk)
    assert holds(reviewer_client, "comments") == holds(editor_client, "comments") == []
    with pytest.raises(CurationError, match="resolved already"):
        curation.resolve(first, by=reviewer, seen=last.pk)
    curation.comment(claim.incident, by=editor, text="One more.", thread=first)
    assert len(holds(reviewer_client, "comments")) == 1


def test_comments_are_refused(editor: User) -> None:
    claim, other = ClaimFactory(killed=True), IncidentFactory()
    first = curation.comment(claim.incident, by=editor, text="Who?")
    with pytest.raises(InvalidError):
        curation.comment(other, by=editor, text=" ")
    for wrong in ({"claim": claim}, {"thread": first}):
        with pytest.raises(CurationError):
            curation.comment(other, by=editor, text="Who?", **wrong)
    for wrong in ({"text": " "}, {"text": "", "resolves": True}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Comment.objects.create(incident=other, by=editor, **wrong)


def test_comments_stand_on_the_pages_of_editors_and_on_no_other(
    editor: User, editor_client: Client, reviewer_client: Client, client: Client, published: Incident
) -> None:
    claim = published.claims.get(aspect="killed")
    address = reverse("desk:comments", args=[published.code])
    assert "Write the comment." in editor_client.post(address, {"text": " ", "claim": claim.public_id}).text
    editor_client.post(address, {"text": "Zyxw <b>sure</b>?", "claim": claim.public_id})
    first = Comment.objects.get()
    assert (first.claim, first.by) == (claim, editor)
    editor_client.post(address, {"text": "Zyxw yes.", "thread": first.pk, "seen": first.pk, "act": "answer"})

    for shown in (
        editor_client.get(address),
        editor_client.get(page("incidents.incident", "change", published.pk)),
        reviewer_client.get(page("incidents.incident", "publish", published.pk)),
    ):
        assert "Zyxw &lt;b&gt;sure&lt;/b&gt;?" in shown.text
        assert "Zyxw yes." in shown.text
    desk = editor_client.get(reverse("desk:article", args=[claim.passage.text_version.article.public_id]))
    assert "open comments" in desk.text
    public = [
        published.get_absolute_url(),
        f"/incidents/{published.code}.json",
        f"/incidents/{published.code}/changes/",
    ]
    for path in public:
        assert b"Zyxw" not in client.get(path).content, path
    assert editor_client.post(address, {"text": "x", "thread": "9" * 30}).status_code == 404


def test_the_page_takes_as_many_queries_whatever_there_is(editor: User) -> None:
    reviewer_client = signed_in(person("Administrator"))

    def queries() -> int:
        reviewer_client.get(reverse("admin:index"))
        with CaptureQueriesContext(
            connection,
        ) as caught:
            reviewer_client.get(reverse("admin:index"))
        return len(caught)

    def fill() -> None:
        for _ in range(2):
            incident = publishable(editor)
            curation.comment(incident, by=editor, text="Which day?")
            curation.submit(incident, by=editor)
            TextVersionFactory()
            work.assign_articles([ArticleFactory().pk], to=editor, by=editor)
            proposals.propose("actor", by=editor, name=f"River fleet {incident.code}")
            ClaimFactory(killed=True)

    fill()
    few = queries()
    fill()
    fill()
    assert queries() <= few  # those without a date are asked for only while there are few
    assert few < 60
    assert Article.objects.count() > my_work.SHOWN
