"""A record in one breath, of editions as they were stored once."""

import pytest
from django.utils import translation

from incidents.presentation.description import LONGEST, description
from tests.factories import stored


def told(name: str, language: str = "en") -> str:
    content = stored.read(stored.FOLDER / f"{name}.json")["content"]
    with translation.override(language):
        return description(content)


@pytest.mark.parametrize("language", stored.LANGUAGES)
@pytest.mark.parametrize("path", stored.files(), ids=lambda path: path.stem)
def test_description_is_short_and_whole(path, language):
    said = told(path.stem, language)

    assert 40 < len(said) <= LONGEST
    assert said.endswith(".")
    assert "version" not in said


@pytest.mark.parametrize(
    ("name", "language", "words"),
    [
        ("zfrbw0-v1", "en", ["Attack, about 20 May 2019, Kafranbel, Idlib governorate.", "Weapons: air strike."]),
        ("m5fkts-v1", "en", ["Injured: 3 people, according to Residents and activists."]),
        ("k4r942-v1", "ar", ["الجرحى: ", "القتلى: ", "بحسب"]),
        ("x9gkz5-v2", "en", ["Killed: at least 23, according to several statements."]),
    ],
)
def test_description_says_what_where_when_and_how_many_by_whom(name, language, words):
    for said in words:
        assert said in told(name, language)


def test_description_leaves_out_as_a_whole_what_does_not_fit():
    content = stored.read(stored.FOLDER / "fc1t5g-v1.json")["content"]
    content["facilities"] = [{**content["facilities"][0], "name_en": "A" * 180}]

    said = description(content)

    assert "AAA" not in said
    assert "Attributed to: " in said
