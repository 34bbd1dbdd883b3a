"""The vocabularies load, twice as well as once, and leave editors' changes alone."""

import json
from pathlib import Path

import pytest
from django.contrib.auth.models import Group
from django.core.management import CommandError, call_command

from incidents.models import Actor, FacilityType, Speaker, Weapon
from tests.factories.archive import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def loaded() -> None:
    call_command("load_vocabularies", stdout=None, verbosity=0)


def test_load_vocabularies_terms_have_both_languages(loaded: None) -> None:
    for model in (Actor, FacilityType, Speaker, Weapon):
        assert model.objects.exists()
        assert not model.objects.filter(name_ar="").exists()
    assert not FacilityType.objects.filter(plural_ar="").exists()
    assert not Weapon.objects.filter(plural_en="").exists()


def test_load_vocabularies_actor_knows_its_ancestors(loaded: None) -> None:
    child = Actor.objects.get(slug="syrian-air-force")

    assert child.ancestors == [Actor.objects.get(slug="syrian-government-forces").pk]


def test_load_vocabularies_twice_changes_nothing(loaded: None, capsys: pytest.CaptureFixture[str]) -> None:
    before = list(Actor.objects.values_list("slug", "lock_version"))

    call_command("load_vocabularies", "--update")

    assert list(Actor.objects.values_list("slug", "lock_version")) == before
    assert "actors: 0 added, 0 changed" in capsys.readouterr().out


def test_load_vocabularies_leaves_an_editors_name(loaded: None) -> None:
    Actor.objects.filter(slug="unknown").update(name_en="Nobody knows")

    call_command("load_vocabularies", stdout=None)
    kept = Actor.objects.get(slug="unknown").name_en
    call_command("load_vocabularies", "--update", stdout=None)

    assert kept == "Nobody knows"
    assert Actor.objects.get(slug="unknown").name_en == "Unknown"


def test_load_vocabularies_roles_do_not_publish_or_manage_users_by_the_way(loaded: None) -> None:
    editor, reviewer, administrator = UserFactory(), UserFactory(), UserFactory()
    reviewer.groups.add(Group.objects.get(name="Reviewer"))
    editor.groups.add(Group.objects.get(name="Editor"))
    administrator.groups.add(Group.objects.get(name="Administrator"))

    assert editor.has_perm("incidents.change_incident")
    assert editor.has_perm("incidents.withdraw_incident")
    assert not editor.has_perm("incidents.add_edition")
    assert reviewer.has_perms(["incidents.add_edition", "incidents.add_claim", "incidents.withdraw_incident"])
    assert not editor.has_perm("archive.change_user")
    assert administrator.has_perm("archive.change_user")
    assert not administrator.has_perm("incidents.delete_incident")


def test_load_vocabularies_unknown_parent_is_named(tmp_path: Path) -> None:
    term = {"slug": "child", "name_en": "Child", "kind": "group", "parent": "nobody"}
    for name in ("facility_types", "weapons", "speakers"):
        (tmp_path / f"{name}.json").write_text("[]")
    (tmp_path / "roles.json").write_text("{}")
    (tmp_path / "actors.json").write_text(json.dumps([term]))

    with pytest.raises(CommandError, match="child names nobody"):
        call_command("load_vocabularies", tmp_path)
