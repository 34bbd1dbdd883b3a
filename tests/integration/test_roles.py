"""Two roles of the database: the owner's migrates, the application's has the rights that are declared and no other."""

import uuid
from typing import Any

import pghistory
import pgtrigger
import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from archive import roles
from archive.models import Article
from archive.postgresql.base import DatabaseWrapper, as_owner
from archive.postgresql.powers import powers
from archive.rights import ADD, declared
from tests.factories.archive import ArticleFactory, PassageFactory
from tests.factories.incidents import ClaimFactory, EditionFactory, EditorialEventFactory

pytestmark = pytest.mark.django_db

PRIVILEGES = ("SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE", "REFERENCES", "TRIGGER")


def query(sql: str, *values: object) -> list[tuple[Any, ...]]:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall())


def run(sql: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


def test_every_table_has_the_rights_that_are_declared_and_no_other() -> None:
    """A table that fails here with an empty list of rights is not declared: add it to `TABLES` in `rights.py`."""
    columns = ", ".join(f"has_table_privilege(c.oid, '{name}')" for name in PRIVILEGES)
    columns += ", has_any_column_privilege(c.oid, 'INSERT, UPDATE, REFERENCES')"
    found = query(
        f"SELECT c.relname, {columns} FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace "
        "WHERE n.nspname NOT LIKE 'pg\\_%%' AND n.nspname <> 'information_schema' "
        "AND c.relkind IN ('r', 'p', 'v', 'm', 'f') "
        "AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')"
    )
    actual = {table: {p for p, has in zip(PRIVILEGES, held, strict=False) if has} for table, *held in found}
    by_column = {table for table, *held in found if held[-1]}

    assert actual == {table: set(rights) for table, rights in declared().items()}
    assert by_column == {table for table, rights in declared().items() if {"INSERT", "UPDATE"} & set(rights)}


def test_sequences_give_numbers_for_rows_that_may_be_added_and_cannot_be_set() -> None:
    found = query(
        "SELECT s.relname, t.relname, has_sequence_privilege(s.oid, 'USAGE'), has_sequence_privilege(s.oid, 'UPDATE') "
        "FROM pg_class s LEFT JOIN pg_depend d ON d.objid = s.oid AND d.deptype IN ('a', 'i') "
        "LEFT JOIN pg_class t ON t.oid = d.refobjid WHERE s.relkind = 'S'"
    )

    assert found
    assert {(sequence, "INSERT" in declared()[table], False) for sequence, table, *_ in found} == {
        (sequence, usage, update) for sequence, _, usage, update in found
    }


def test_functions_run_as_who_calls_them_and_cannot_be_led_astray() -> None:
    found = query(
        "SELECT p.proname, p.prosecdef, pg_get_userbyid(p.proowner) = current_user, p.proconfig FROM pg_proc p "
        "WHERE p.pronamespace = 'public'::regnamespace "
        "AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')"
    )

    assert found
    assert [name for name, definer, *_ in found if definer] == []
    assert [name for name, _, ours, _ in found if ours] == []
    pinned = "search_path=pg_catalog, public, pg_temp"
    assert {name: config for name, *_, config in found if config != [pinned]} == {
        "_pgtrigger_should_ignore": None,
        "content_digest": [pinned, "extra_float_digits=1"],
        "row_differing": [pinned, "extra_float_digits=1", "TimeZone=UTC"],
    }


def test_append_only_tables_have_triggers_that_stand_behind_the_rights() -> None:
    """So that the owner's role, a restored dump or a wrong grant does not undo what was promised either."""
    guarded = {
        table
        for (table,) in query(
            "SELECT c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid "
            "WHERE NOT t.tgisinternal AND (t.tgname ~ 'refuse_change|append_only') "
        )
    }

    assert guarded == {t for t, rights in declared().items() if rights == ADD} - {"django_admin_log"}


def test_role_of_the_application_has_no_power() -> None:
    assert powers(connection.connection) == []


def test_role_with_a_power_is_refused_as_the_applications() -> None:
    settings = {**connection.as_owner().settings_dict, "IS_OWNER": False}
    wrong = DatabaseWrapper(settings, alias="wrong")

    with pytest.raises(ImproperlyConfigured, match="it owns the database"):
        wrong.ensure_connection()

    assert wrong.connection is None


@pytest.mark.parametrize("become", ["SET ROLE {}", "SET SESSION AUTHORIZATION {}", "GRANT {} TO CURRENT_USER"])
def test_application_cannot_become_the_owner(become: str) -> None:
    role = connection.ops.quote_name(connection.settings_dict["OWNER"]["USER"])

    with pytest.raises(DatabaseError, match=r"permission denied|must be superuser|must have admin option"):
        run(become.format(role))


def test_granting_again_mends_what_was_given_away() -> None:
    role = connection.settings_dict["USER"]
    held = (
        "SELECT has_table_privilege(%s, 'incidents_claim', 'TRUNCATE'), has_table_privilege(%s, 'auth_group', 'SELECT')"
    )
    with as_owner() as owner:
        run(f"GRANT TRUNCATE ON incidents_claim TO {role}; REVOKE SELECT ON auth_group FROM {role}")
        before = query(held, role, role)
        roles.secure(owner, role=role)
        after = query(held, role, role)

    assert before == [(True, False)]
    assert after == [(False, True)]


def test_no_setting_of_the_session_switches_a_trigger_off() -> None:
    claim = ClaimFactory()

    with pgtrigger.ignore(), pytest.raises(DatabaseError, match="never changes"):
        run(f"UPDATE incidents_claim SET public_id = 'x' WHERE id = {claim.pk}")
    with pgtrigger.ignore():
        run(f"UPDATE incidents_claim SET rank = 'deprecated' WHERE id = {claim.pk}")

    assert query("SELECT count(*) FROM incidents_claimevent WHERE pgh_label = 'update'") == [(1,)]


def test_temporary_table_does_not_stand_in_for_the_archives() -> None:
    passage = PassageFactory()
    run(
        "CREATE TEMPORARY TABLE archive_textversion AS "
        "SELECT id, text('a forged text') AS text FROM public.archive_textversion"
    )

    with pytest.raises(DatabaseError, match="the quote is not what the text has"):
        run(
            'INSERT INTO archive_passage (public_id, text_version_id, start, "end", exact, prefix, suffix, created_at) '
            f"VALUES ('x', {passage.text_version_id}, 0, 8, 'a forged', '', ' text', now())"
        )


@pytest.mark.django_db(transaction=True)
def test_owner_meets_the_triggers() -> None:
    edition, event, passage = EditionFactory(), EditorialEventFactory(), PassageFactory()
    with pghistory.context(user=1):
        Article.objects.filter(pk=passage.text_version.article_id).update(title="Another title")
    assert edition.pk
    assert event.pk

    survived = []
    for table in sorted(table for table, rights in declared().items() if rights == ADD):
        if not query(f"SELECT EXISTS (SELECT FROM {table})")[0][0]:
            continue
        column = query(
            "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0 AND attidentity = '' "
            "ORDER BY attnum LIMIT 1",
            table,
        )[0][0]
        for statement in (f'UPDATE {table} SET "{column}" = "{column}"', f"DELETE FROM {table}"):
            with as_owner() as owner, owner.cursor() as cursor:
                cursor.execute("SET pgtrigger.ignore = '{refuse_change}'")
                with pytest.raises(DatabaseError, match=r"immutable|Cannot (update|delete)"):
                    cursor.execute(statement)
        survived.append(table)

    assert len(survived) >= 8, survived


def test_context_keeps_what_it_said_when_it_says_more() -> None:
    with pghistory.context(user=1) as context:
        article = ArticleFactory()
        with pghistory.context(reason="The date was misread."):
            Article.objects.filter(pk=article.pk).update(title="Another title")
            Article.objects.filter(pk=article.pk).update(title="A third title")

    said = query(
        "SELECT e.pgh_context_id, c.metadata FROM archive_articleevent e "
        "JOIN pghistory_context c ON c.id = e.pgh_context_id ORDER BY e.pgh_id"
    )
    assert said[0] == (context.id, '{"user": 1}')
    assert said[1][1] == said[2][1] == '{"user": 1, "reason": "The date was misread."}'
    assert said[1][0] == said[2][0] != context.id
    assert isinstance(said[1][0], uuid.UUID)


def test_migrate_without_an_owner_says_what_is_missing() -> None:
    wrapper = DatabaseWrapper({**connection.settings_dict, "OWNER": {}}, alias="wrong")

    with pytest.raises(ImproperlyConfigured, match="DATABASE_OWNER_URL is missing"):
        wrapper.as_owner()


def test_migrate_refuses_one_role_for_both(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(connection.settings_dict, "OWNER", {"USER": connection.settings_dict["USER"]})

    with pytest.raises(CommandError, match="not the same one"):
        call_command("migrate", verbosity=0)
