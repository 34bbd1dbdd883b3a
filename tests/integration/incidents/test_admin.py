"""The admin: its pages open in constant queries, nobody overwrites a colleague, publishing is confirmed."""

from typing import Any

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse

from archive.models import Article, Source, User
from incidents import curation
from incidents.models import Actor, Claim, Edition, Incident
from tests.factories.archive import (
    ArticleFactory,
    ArticleRowFactory,
    PassageFactory,
    PlaceFactory,
    PlaceNameFactory,
    SourceFactory,
    TextVersionFactory,
)
from tests.factories.incidents import (
    ActorFactory,
    ClaimFactory,
    FacilityFactory,
    FacilityTypeFactory,
    IncidentFactory,
    SpeakerFactory,
    SummarySentenceFactory,
    WeaponFactory,
)
from tests.factories.people import person
from tests.integration.incidents.conftest import signed_in

pytestmark = pytest.mark.django_db

FACTORIES = {
    "archive.article": ArticleFactory,
    "archive.source": SourceFactory,
    "archive.place": PlaceFactory,
    "incidents.incident": IncidentFactory,
    "incidents.facility": FacilityFactory,
    "incidents.actor": ActorFactory,
    "incidents.weapon": WeaponFactory,
    "incidents.facilitytype": FacilityTypeFactory,
    "incidents.speaker": SpeakerFactory,
}


def page(label: str, what: str, *args: Any) -> str:
    return reverse(f"admin:{label.replace('.', '_')}_{what}", args=args)


@pytest.fixture
def superuser(db: None) -> User:
    user = person("Administrator")
    user.is_superuser = True
    user.save()
    return user


@pytest.fixture
def ready() -> Incident:
    """An incident that lacks nothing."""
    incident = IncidentFactory(working_title="The mill")
    for given in ({}, {"at_place": True}, {"killed": True}):
        ClaimFactory(incident=incident, **given)
    return incident


def test_admin_registers_all_that_editors_find() -> None:
    registered = {model._meta.label_lower for model in admin.site._registry}

    assert set(FACTORIES) | {"archive.user", "auth.group"} <= registered


@pytest.mark.parametrize("label", FACTORIES)
def test_admin_pages_open(superuser: User, label: str) -> None:
    client = signed_in(superuser)
    row = FACTORIES[label]()
    addresses = [page(label, "changelist"), page(label, "change", row.pk), page(label, "history", row.pk)]
    model_admin = admin.site._registry[apps.get_model(label)]
    if label not in ("archive.article", "archive.place"):
        addresses.append(page(label, "add"))

    for address in addresses:
        assert client.get(address).status_code == 200, address
    for term in ("mill", "كفر نبل", "%", "a'b\"c", "(((", "/", "x" * 500):
        assert client.get(page(label, "changelist"), {"q": term}).status_code == 200, term
    assert not model_admin.raw_id_fields


@pytest.mark.parametrize("label", FACTORIES)
def test_admin_lists_take_constant_queries(superuser: User, label: str, django_assert_max_num_queries) -> None:
    client = signed_in(superuser)
    for _ in range(2):
        FACTORIES[label]()
    client.get(page(label, "changelist"))
    with django_assert_max_num_queries(14) as few:
        client.get(page(label, "changelist"))
    for _ in range(8):
        FACTORIES[label]()

    with django_assert_max_num_queries(len(few)):
        client.get(page(label, "changelist"))


def test_admin_incident_page_takes_constant_queries(editor_client: Client, django_assert_max_num_queries) -> None:
    incident = IncidentFactory()
    ClaimFactory(incident=incident)
    with django_assert_max_num_queries(32) as few:
        editor_client.get(page("incidents.incident", "change", incident.pk))
    for _ in range(5):
        ClaimFactory(incident=incident, killed=True, speaker=SpeakerFactory())
        ClaimFactory(incident=incident, at_facility=True)

    with django_assert_max_num_queries(len(few) + 4):  # facilities bring their places and these what is above them
        editor_client.get(page("incidents.incident", "change", incident.pk))


def test_admin_no_select_of_places_or_facilities(superuser: User) -> None:
    facility = FacilityFactory()
    for number in range(30):
        PlaceFactory(name_en=f"Hamlet {number}")

    html = signed_in(superuser).get(page("incidents.facility", "change", facility.pk)).text

    assert "Hamlet 7" not in html
    assert "admin-autocomplete" in html


@pytest.mark.parametrize("term", ["kafr nab", "Kafr-Nabl", "كفر نب", "كفرنبل", "c4068"])
def test_admin_place_autocomplete_in_any_spelling(editor_client: Client, term: str) -> None:
    place = PlaceFactory(pcode="C4068", name_en="Kafr Nobol", name_ar="كفر نبل")
    PlaceNameFactory(place=place, name="Kafr Nabl", folded="kafrnabl")
    PlaceNameFactory(place=place, name="كفر نبل", folded="كفرنبل", script="Arab")
    PlaceFactory(name_en="Elsewhere")
    asked = {"app_label": "incidents", "model_name": "facility", "field_name": "place", "term": term}

    answer = editor_client.get(reverse("admin:autocomplete"), asked).json()

    assert [result["id"] for result in answer["results"]] == [str(place.pk)]


def test_admin_facility_found_by_town_type_and_alef(superuser: User) -> None:
    place = PlaceFactory(name_en="Kansafra")
    PlaceNameFactory(place=place, name="Kansafra", folded="kansafra")
    FacilityFactory(name_en="Amal", name_ar="مشفى الأمل", place=place)
    FacilityFactory(name_en="Other")
    client = signed_in(superuser)

    for term in ("amal kansafra", "الامل", "Amal"):
        html = client.get(page("incidents.facility", "changelist"), {"q": term}).text
        assert "1 facility" in html, term


# Work to do


def test_admin_article_gaps_are_listed_and_filtered(editor_client: Client) -> None:
    ArticleFactory(title="Known whole", published_on="2020-01-01", language="en")
    gap = ArticleFactory(title="Of nobody", source=None, published_on="2020-01-01", language="en")
    ArticleFactory(
        title="First words", published_on="2020-01-01", language="ar", metadata_origin={"title": "opening words"}
    )

    def titles(todo: str) -> set[str]:
        result = editor_client.get(page("archive.article", "changelist"), {"todo": todo}).context["cl"].result_list
        return {article.title for article in result}

    assert titles("source") == {"Of nobody"}
    assert titles("title") == {"First words"}
    assert titles("any") == {"Of nobody", "First words"}
    PassageFactory(text_version=TextVersionFactory(article=gap))
    assert titles("unread") == {"Known whole", "First words"}


def test_admin_article_filters_by_source_language_and_year(editor_client: Client) -> None:
    source = SourceFactory()
    mine = ArticleFactory(source=source, language="ar", published_on="2019-11-28")
    ArticleRowFactory(article=mine, published_on="2019-11-28")
    ArticleFactory(language="en", published_on="2016-05-31")

    for asked in (
        {"source": source.pk},
        {"language": "ar"},
        {"year": "2019"},
        {"visibility__exact": "public", "year": "2019"},
    ):
        result = editor_client.get(page("archive.article", "changelist"), asked).context["cl"].result_list
        assert list(result) == [mine], asked
    for junk in ("x", "-1", "9" * 40, "\x00"):
        assert editor_client.get(page("archive.article", "changelist"), {"source": junk}).status_code == 200


# Nobody overwrites a colleague


def source_form(source: Source, **changes: Any) -> dict[str, Any]:
    names = ("name_en", "name_ar", "kind", "text_policy", "homepage", "licence", "note")
    return {**{name: getattr(source, name) for name in names}, "lock_version": source.lock_version, **changes}


def test_admin_stale_save_refused_with_both_versions_shown(editor_client: Client) -> None:
    source = SourceFactory(name_en="Herald", note="")
    mine = source_form(source, name_en="Mill Herald", note="Mine")
    Source.objects.filter(pk=source.pk).update(name_en="Weir Herald")

    response = editor_client.post(page("archive.source", "change", source.pk), mine)

    assert response.status_code == 200
    source.refresh_from_db()
    assert (source.name_en, source.note) == ("Weir Herald", "")
    shown = {(one.label, one.entered, one.stored) for one in response.context["adminform"].form.differences}
    assert shown == {("Name (English)", "Mill Herald", "Weir Herald"), ("Internal note", "Mine", "")}
    assert 'value="Mill Herald"' in response.text
    assert "Weir Herald" in response.text
    assert f'name="lock_version" value="{source.lock_version}"' in response.text


def test_admin_saving_again_after_comparing_is_taken(editor_client: Client) -> None:
    source = SourceFactory()
    stale = source_form(source, note="Mine")
    Source.objects.filter(pk=source.pk).update(note="Theirs")
    editor_client.post(page("archive.source", "change", source.pk), stale)
    source.refresh_from_db()

    editor_client.post(page("archive.source", "change", source.pk), {**stale, "lock_version": source.lock_version})

    source.refresh_from_db()
    assert source.note == "Mine"


def test_admin_save_without_the_version_refused(editor_client: Client) -> None:
    source = SourceFactory(note="")
    sent = source_form(source, note="Mine")
    del sent["lock_version"]

    editor_client.post(page("archive.source", "change", source.pk), sent)

    source.refresh_from_db()
    assert source.note == ""


@pytest.mark.parametrize("label", [label for label in FACTORIES if label != "archive.place"])
def test_admin_every_change_form_carries_the_version(superuser: User, label: str) -> None:
    row = FACTORIES[label]()

    html = signed_in(superuser).get(page(label, "change", row.pk)).text

    assert f'name="lock_version" value="{row.lock_version}"' in html


def test_admin_article_corrected_through_the_service(editor_client: Client) -> None:
    text = TextVersionFactory(article=ArticleFactory(title="Untitled", metadata_origin={"title": "opening words"}))
    article = text.article

    response = editor_client.post(
        page("archive.article", "change", article.pk), article_form(article, title="The mill")
    )

    article.refresh_from_db()
    assert response.status_code == 302
    assert (article.title, article.metadata_origin["title"]) == ("The mill", "editor")


def article_form(article: Article, **changes: Any) -> dict[str, Any]:
    formset = {f"captures-{name}": 0 for name in ("TOTAL_FORMS", "INITIAL_FORMS", "MIN_NUM_FORMS", "MAX_NUM_FORMS")}
    kept = {name: getattr(article, name) for name in ("title", "url", "authors", "language", "visibility")}
    return {
        **formset,
        **kept,
        "source": article.source_id or "",
        "published_on": article.published_on or "",
        "visibility_reason": article.visibility_reason,
        "lock_version": article.lock_version,
        **changes,
    }


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"visibility": "embargoed"}, "visibility_reason"),
        ({"url": "ftp://herald.example/x"}, "url"),
        ({"title": ""}, "title"),
    ],
)
def test_admin_article_wrong_values_beside_their_field(
    editor_client: Client, changes: dict[str, str], field: str
) -> None:
    article = TextVersionFactory().article

    response = editor_client.post(page("archive.article", "change", article.pk), article_form(article, **changes))

    assert field in response.context["adminform"].form.errors


def test_admin_actor_gets_the_ancestors_of_its_parent(superuser: User) -> None:
    top = ActorFactory()
    middle = ActorFactory()
    low = ActorFactory(parent=middle)
    sent = {"name_en": middle.name_en, "kind": "state", "parent": top.pk, "lock_version": middle.lock_version}
    client = signed_in(superuser)

    client.post(page("incidents.actor", "change", middle.pk), sent)
    refused = client.post(
        page("incidents.actor", "change", top.pk),
        {"name_en": top.name_en, "kind": "state", "parent": low.pk, "lock_version": top.lock_version},
    )

    assert Actor.objects.get(pk=middle.pk).ancestors == [top.pk]
    assert Actor.objects.get(pk=low.pk).ancestors == [top.pk, middle.pk]
    assert "parent" in refused.context["adminform"].form.errors


# Incidents


def test_admin_incident_made_by_the_service(editor_client: Client, editor: User) -> None:
    sent = {"scope": "attack", "working_title": "The mill", "note": "Check the date."}

    response = editor_client.post(page("incidents.incident", "add"), sent)

    incident = Incident.objects.get()
    assert response.status_code == 302
    assert (incident.working_title, incident.note, incident.created_by) == ("The mill", "Check the date.", editor)
    assert incident.editorial_events.get().action == "created"


def test_admin_incident_page_lists_claims_facts_and_gaps(editor_client: Client) -> None:
    claim = ClaimFactory(killed=True)
    ClaimFactory(incident=claim.incident, passage=None, judgement="Two reports say so.", at_place=True)

    html = editor_client.get(page("incidents.incident", "change", claim.incident_id)).text

    assert claim.passage.exact in html
    assert "Two reports say so." in html
    assert "No claim says when it happened." in html
    assert reverse("desk:article", args=[claim.passage.text_version.article.public_id]) in html


def test_admin_rank_control(editor_client: Client) -> None:
    claim = ClaimFactory(killed=True)

    editor_client.post(reverse("desk:rank", args=[claim.public_id]), {"seen": claim.lock_version, "rank": "preferred"})
    stale = editor_client.post(
        reverse("desk:rank", args=[claim.public_id]), {"seen": claim.lock_version, "rank": "deprecated"}, follow=True
    )

    claim.refresh_from_db()
    assert claim.rank == "preferred"
    assert "meanwhile" in stale.text


def test_admin_claim_removed_only_after_asking(editor_client: Client) -> None:
    claim = ClaimFactory(killed=True)
    address = reverse("desk:remove", args=[claim.public_id])

    assert "Remove" in editor_client.get(address).text
    assert Claim.objects.exists()
    editor_client.post(address, {"seen": claim.lock_version})

    assert not Claim.objects.exists()


def test_admin_claim_changed_and_stale_change_refused(editor_client: Client) -> None:
    claim = ClaimFactory(killed=True)
    address = reverse("desk:claim", args=[claim.public_id])
    sent = {
        "count_low": "3",
        "count_high": "4",
        "group": "people",
        "stance": "asserts",
        "rank": "normal",
        "seen": claim.lock_version,
    }

    editor_client.post(address, sent)
    refused = editor_client.post(address, {**sent, "count_low": "9", "count_high": "9"})

    claim.refresh_from_db()
    assert (claim.count_low, claim.count_high) == (3, 4)
    assert refused.status_code == 409
    assert 'value="9"' in refused.text
    assert "3–4" in refused.text
    assert f'name="seen" value="{claim.lock_version}"' in refused.text


def test_admin_judgement_without_a_passage(editor_client: Client) -> None:
    incident = IncidentFactory()
    weapon = WeaponFactory()
    address = reverse("desk:judgement", args=[incident.code])

    refused = editor_client.post(address, {"aspect": "weapon", "weapon": weapon.pk, "judgement": " "})
    editor_client.post(address, {"aspect": "weapon", "weapon": weapon.pk, "judgement": "Debris in three pictures."})

    assert "judgement" in refused.context["form"].errors
    assert incident.claims.get().judgement == "Debris in three pictures."


def test_admin_summary_sentences_through_the_services(editor_client: Client) -> None:
    claim = ClaimFactory(killed=True)
    incident = claim.incident
    kept = SummarySentenceFactory(incident=incident)
    strange = PassageFactory()
    sent = {
        "scope": "attack",
        "working_title": "The mill",
        "note": "",
        "lock_version": incident.lock_version,
        "summary-TOTAL_FORMS": 2,
        "summary-INITIAL_FORMS": 1,
        "summary-MIN_NUM_FORMS": 0,
        "summary-MAX_NUM_FORMS": 1000,
        "summary-0-id": kept.pk,
        "summary-0-incident": incident.pk,
        "summary-0-position": 0,
        "summary-0-text_en": kept.text_en,
        "summary-0-passages": [claim.passage_id],
        "summary-1-incident": incident.pk,
        "summary-1-position": 0,
        "summary-1-text_en": "Nobody was inside.",
        "summary-1-passages": [claim.passage_id],
    }

    refused = editor_client.post(
        page("incidents.incident", "change", incident.pk), {**sent, "summary-0-passages": [strange.pk]}
    )
    editor_client.post(page("incidents.incident", "change", incident.pk), sent)

    assert refused.status_code == 200
    assert [list(sentence.passages.all()) for sentence in incident.summary.all()] == [[claim.passage]] * 2
    assert [sentence.text_en for sentence in incident.summary.all()] == [kept.text_en, "Nobody was inside."]


# Publishing


def publish_form(client: Client, incident: Incident, note: str) -> dict[str, str]:
    shown = client.get(page("incidents.incident", "publish", incident.pk)).context["form"].initial["shown"]
    return {"shown": shown, "note": note}


def test_admin_publish_flow(editor_client: Client, ready: Incident) -> None:
    address = page("incidents.incident", "publish", ready.pk)

    editor_client.post(address, publish_form(editor_client, ready, "First told."))
    assert ready.editions.get().note == "First told."
    blocked = editor_client.get(address)
    assert "Nothing has changed" in blocked.text
    ClaimFactory(incident=ready, injured=True)
    confirm = editor_client.get(address)
    assert "What differs from v1" in confirm.text
    assert "5 people" in confirm.text
    editor_client.post(address, publish_form(editor_client, ready, "The injured."))

    assert [edition.number for edition in ready.editions.all()] == [1, 2]
    first = ready.editions.get(number=1)
    assert first.content["injured"] is None


def test_admin_publish_needs_a_note(editor_client: Client, ready: Incident) -> None:
    response = editor_client.post(
        page("incidents.incident", "publish", ready.pk), publish_form(editor_client, ready, "  ")
    )

    assert "note" in response.context["form"].errors
    assert not Edition.objects.exists()


def test_admin_publish_of_a_draft_that_changed_meanwhile_refused(editor_client: Client, ready: Incident) -> None:
    form = publish_form(editor_client, ready, "First told.")
    ClaimFactory(incident=ready, injured=True)

    response = editor_client.post(page("incidents.incident", "publish", ready.pk), form)

    assert "has changed since" in response.text
    assert "First told." in response.text
    assert not Edition.objects.exists()


def test_admin_publish_lists_what_is_missing(editor_client: Client) -> None:
    claim = ClaimFactory(killed=True)

    html = editor_client.get(page("incidents.incident", "publish", claim.incident_id)).text

    assert "No claim says when it happened." in html
    assert "No claim says where it happened." in html
    assert 'name="note"' not in html


def test_admin_publish_refuses_embargoed_article(editor_client: Client, ready: Incident) -> None:
    article = ArticleFactory(title="Not yet out", visibility="embargoed", visibility_reason="Until Monday.")
    form = publish_form(editor_client, ready, "First told.")
    ClaimFactory(incident=ready, passage=PassageFactory(text_version=TextVersionFactory(article=article)), injured=True)

    html = editor_client.get(page("incidents.incident", "publish", ready.pk)).text
    editor_client.post(page("incidents.incident", "publish", ready.pk), form)

    assert "Not yet out" in html
    assert "embargoed" in html
    assert not Edition.objects.exists()


def test_admin_publishing_needs_its_permission(ready: Incident) -> None:
    reader = person("Editor")
    reader.groups.clear()
    reader.user_permissions.add(Permission.objects.get(codename="change_incident"))

    for action in ("publish", "withdraw", "merge", "restore"):
        assert signed_in(reader).get(page("incidents.incident", action, ready.pk)).status_code == 403


def test_admin_withdraw_and_restore(editor_client: Client, editor: User, ready: Incident) -> None:
    curation.publish(ready, by=editor, note="First told.")

    editor_client.post(page("incidents.incident", "withdraw", ready.pk), {"reason": "The report was retracted."})
    ready.refresh_from_db()
    assert (ready.status, ready.closed_reason) == ("withdrawn", "The report was retracted.")
    assert "restore it first" in editor_client.get(page("incidents.incident", "publish", ready.pk)).text
    editor_client.post(page("incidents.incident", "restore", ready.pk), {"reason": "It stands after all."})

    ready.refresh_from_db()
    assert ready.status == "published"


def test_admin_merge_asks_for_the_survivor(editor_client: Client, editor: User, ready: Incident) -> None:
    survivor = IncidentFactory(working_title="The survivor")
    curation.publish(ready, by=editor, note="First told.")
    address = page("incidents.incident", "merge", ready.pk)

    blocked = editor_client.post(address, {"survivor": survivor.code, "reason": "The same attack."})
    assert "is not published" in blocked.text
    asked = editor_client.post(address, {"survivor_words": "no such", "reason": "The same attack."})
    assert "survivor" in asked.context["form"].errors
    itself = editor_client.post(address, {"survivor": ready.code, "reason": "The same attack."})
    assert "into itself" in itself.text
    for given in ({}, {"at_place": True}, {"killed": True}):
        ClaimFactory(incident=survivor, **given)
    curation.publish(survivor, by=editor, note="First told.")
    editor_client.post(address, {"survivor": survivor.code, "reason": "The same attack."})

    ready.refresh_from_db()
    assert ready.merged_into == survivor


def test_admin_history_tells_who_did_what_and_why(editor_client: Client, editor: User, ready: Incident) -> None:
    claim = ready.claims.get(aspect="killed")
    editor_client.post(reverse("desk:rank", args=[claim.public_id]), {"seen": claim.lock_version, "rank": "preferred"})
    curation.publish(ready, by=editor, note="First told.")
    curation.withdraw(ready, by=editor, reason="It was retracted.")

    html = editor_client.get(page("incidents.incident", "history", ready.pk)).text

    assert editor.username in html
    assert "It was retracted." in html
    assert "edition 1 published" in html
    assert f"claim {claim.public_id} changed" in html


# People


def test_admin_editors_do_not_manage_people(editor_client: Client, editor: User) -> None:
    assert editor_client.get(page("archive.user", "changelist")).status_code == 403
    assert editor_client.get(page("archive.user", "change", editor.pk)).status_code == 403


def test_admin_administrator_cannot_make_a_superuser(
    administrator_client: Client, superuser: User, editor: User
) -> None:
    form = administrator_client.get(page("archive.user", "change", editor.pk))

    assert form.status_code == 200
    assert 'name="is_superuser"' not in form.text
    assert 'name="password"' not in administrator_client.get(page("archive.user", "change", superuser.pk)).text
    assert administrator_client.post(page("archive.user", "change", superuser.pk), {"username": "x"}).status_code == 403
