"""Every string that readers see is translated: what the code holds is compared with the catalogues."""

import fnmatch
import re
from collections.abc import Iterator
from pathlib import Path

import polib
import pytest
from django.conf import settings

from archive.management.commands.messages import NOT_FOR_READERS, catalogues
from tests.factories.strings import Message, in_module, in_template, literals

ROOT = Path(settings.BASE_DIR)
# What is translated at run time, because it is a value: each is a string that stands in the catalogue by its own line.
DYNAMIC = {
    "known['name']",  # names of languages, which Django's own catalogue has
    "english",  # archive/column_names.py: names of columns, marked where they are listed
    "noun",  # incidents/curation/authorship.py: kinds of rows, marked where they are listed
    "one",  # incidents/reading_back/warnings.py: terms, marked beside it
    "template",  # archive/reading_back: sentences, marked where they are listed
    "settings.SITE_NAME",
}
# Words that stand in the templates and need no translation: names of formats and standards, classes of pages, commands.
COMMANDS = {"manage.py reset_second_factor", "manage.py unlock NAME-OR-ADDRESS", "manage.py export_evidence", "FILE"}
UNTRANSLATED = COMMANDS | {
    "desk",
    "access",
    "CSV",
    "JSON",
    "JSON Lines",
    "JSON-LD",
    "GeoJSON",
    "XLSX",
    "Parquet",
    "Python",
    "R",
    "QGIS",
    "FollowTheMoney",
    "DOI",
    "SHA-256",
    "SVG",
    "PNG",
    "en, ar, …",
}
# Its two languages stand beside each other: it must be shown when nothing else works.
BOTH_LANGUAGES = {"templates/500.html", "templates/503.html"}
COUNTED = {"number", "shown"}  # what a plural form may say by its grammar
PLACEHOLDER = re.compile(r"%\((\w+)\)[a-z]|%%|%.")
TAG = re.compile(r"</?[a-z]+[^>]*>")
PATHS = list(catalogues())


def is_for_readers(path: str) -> bool:
    return not any(fnmatch.fnmatchcase(path, pattern) or path.startswith(f"{pattern}/") for pattern in NOT_FOR_READERS)


def files(*patterns: str) -> Iterator[str]:
    for pattern in patterns:
        for path in sorted(ROOT.glob(pattern)):
            if is_for_readers(name := path.relative_to(ROOT).as_posix()):
                yield name


def messages() -> dict[tuple[str, str], Message]:
    """Everything that is marked for translation in what readers see, by context and text."""
    found = [
        message for name in files("archive/**/*.py", "incidents/**/*.py") for message in in_module(ROOT / name).messages
    ]
    found += [
        message for name in files("templates/**/*.html", "templates/**/*.xml") for message in in_template(ROOT / name)
    ]
    return {(message.context, message.text): message for message in found}


@pytest.fixture(params=PATHS, ids=lambda path: path.parents[1].name)
def catalogue(request: pytest.FixtureRequest) -> polib.POFile:
    return polib.pofile(str(request.param))


def forms(entry: polib.POEntry) -> list[str]:
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


def test_languages_each_but_english_has_a_catalogue() -> None:
    assert {path.parents[1].name for path in PATHS} == {code for code, _name in settings.LANGUAGES} - {"en"}


def test_messages_are_found_in_modules_and_templates() -> None:
    found = messages()

    assert ("period", "in %(time)s") in found
    assert ("", "Skip to the content") in found
    assert found["", "%(number)s incident"].plural == "%(number)s incidents"
    assert len(found) > 600


def test_catalogue_has_every_message(catalogue: polib.POFile) -> None:
    kept = {(entry.msgctxt or "", entry.msgid): entry.msgid_plural or "" for entry in catalogue if not entry.obsolete}

    missing = {key for key, message in messages().items() if kept.get(key) != message.plural}

    assert missing == set(), "run `make messages` and translate these"


def test_catalogue_has_nothing_else(catalogue: polib.POFile) -> None:
    assert {(entry.msgctxt or "", entry.msgid) for entry in catalogue} - set(messages()) == set()


def test_catalogue_translates_everything_in_every_plural(catalogue: polib.POFile) -> None:
    count = int(re.search(r"nplurals=(\d)", catalogue.metadata["Plural-Forms"])[1])

    unfinished = [
        entry.msgid
        for entry in catalogue
        if entry.fuzzy
        or not all(form.strip() for form in forms(entry))
        or (entry.msgid_plural and len(entry.msgstr_plural) != count)
    ]

    assert unfinished == []


def test_catalogue_keeps_placeholders_and_tags(catalogue: polib.POFile) -> None:
    """A plural form may leave out the number that it says by its grammar, and only that."""
    wrong = []
    for entry in catalogue:
        wanted = set(PLACEHOLDER.findall(entry.msgid_plural or entry.msgid))
        wanted_tags = sorted(tag for tag in TAG.findall(entry.msgid) if "bdi" not in tag)
        for form in forms(entry):
            found = set(PLACEHOLDER.findall(form))
            lost = wanted - found - (COUNTED if entry.msgid_plural else set())
            tags = sorted(tag for tag in TAG.findall(form) if "bdi" not in tag)
            if lost or found - wanted or tags != wanted_tags:
                wrong.append(entry.msgid)

    assert wrong == []


def test_catalogue_plurals_of_large_numbers_say_the_number(catalogue: polib.POFile) -> None:
    without = [
        entry.msgid
        for entry in catalogue
        if (wanted := COUNTED & set(PLACEHOLDER.findall(entry.msgid_plural or "")))
        for index, form in entry.msgstr_plural.items()
        if index > 2 and not wanted & set(PLACEHOLDER.findall(form))
    ]

    assert without == []


def test_catalogue_isolates_dates_and_closes_its_isolates(catalogue: polib.POFile) -> None:
    """2019-11-25 after an Arabic letter is shown the wrong way round unless it is set apart."""
    wrong = []
    for entry in catalogue:
        for form in forms(entry):
            bare = re.sub("\u2068[^\u2068\u2069]*\u2069", "", form)
            if "\u2068" in bare or "\u2069" in bare or re.search(r"\d-\d|YYYY", bare.replace("SHA-256", "")):
                wrong.append(form)

    assert [form for form in wrong if "EDTF" not in form] == []


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.parents[1].name)
def test_compiled_catalogue_is_what_its_source_compiles_to(path: Path) -> None:
    assert path.with_suffix(".mo").read_bytes() == polib.pofile(str(path)).to_binary(), "run `make messages`"


def test_modules_translate_values_only_where_the_catalogue_has_them() -> None:
    found = {
        value for name in files("archive/**/*.py", "incidents/**/*.py") for value in in_module(ROOT / name).dynamic
    }

    assert found == DYNAMIC


@pytest.mark.parametrize("name", [name for name in files("templates/**/*.html") if name not in BOTH_LANGUAGES])
def test_template_has_no_words_outside_translations(name: str) -> None:
    assert [text for text in literals((ROOT / name).read_text()) if text not in UNTRANSLATED] == []


def test_literals_finds_words_in_text_and_attributes() -> None:
    template = (
        '<p title="{{ a }} seen" class="lede">Hello {% translate "x" %}{# no #}</p>'
        "<a aria-label=\"{% translate 'y' %}\">{{ b }}</a>"
    )

    assert literals(template) == ["Hello", "seen"]
