"""Texts that share much are found by their sketches, however they were rewritten; others are not."""

import random
import tracemalloc

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.text import sketches
from archive.text.shared_words import own_spans
from archive.text.sketches import estimates, runs_of, shared, sketch_of
from tests.factories.rewritten import report, rewrite

SEEDS = st.integers(0, 2**32)
LANGUAGES = st.sampled_from(["en", "ar"])


def found(one: str, other: str) -> bool:
    """Whether an index of the bands finds the one by the other, and the sketches say that they share enough."""
    first, second = sketch_of(runs_of(one)), sketch_of(runs_of(other))
    assert first is not None
    assert second is not None
    if not set(first.bands) & set(second.bands):
        return False
    return bool(estimates(first, [second.firsts], [second.size])[0] >= 0.3)


@settings(max_examples=60, deadline=None)
@given(seed=SEEDS, language=LANGUAGES)
def test_rewritten_wire_is_found(seed: int, language: str) -> None:
    rng = random.Random(seed)
    wire = report(rng, place="Weir", language=language)
    told = rewrite(wire, rng, language=language)
    assert max(shared(runs_of(wire), runs_of(told))) > 0.4
    assert found(wire, told)


@settings(max_examples=60, deadline=None)
@given(seed=SEEDS, language=LANGUAGES)
def test_other_reports_of_the_same_town_are_no_copies(seed: int, language: str) -> None:
    rng = random.Random(seed)
    one, other = (report(rng, place="Weir", language=language) for _ in range(2))
    assert max(shared(runs_of(one), runs_of(other))) < 0.4
    assert not found(one, other)


@given(st.text(max_size=400))
def test_case_spaces_and_signs_make_no_difference(text: str) -> None:
    if text.upper().casefold() != text.casefold():
        return
    same = runs_of(f"  {text} ".replace(" ", "\n\n"))
    assert (same == runs_of(text)).all()


def test_arabic_spellings_are_folded() -> None:
    assert (runs_of("قَصْفٌ أصاب المدرسةَ في إدلب") == runs_of("قصف اصاب المدرسه في ادلب")).all()


@pytest.mark.parametrize("text", ["", "  ", "Weir", "Two words", "…", "a b c"])
def test_short_texts_have_no_sketch(text: str) -> None:
    assert sketch_of(runs_of(text)) is None
    assert shared(runs_of(text), runs_of("a b c")) in ((0.0, 0.0), (1.0, 1.0))


def test_sketches_stay_what_they_are() -> None:
    """They are stored: another number is another rule, and asks for another `RULES`."""
    made = sketch_of(runs_of("One two three four five six seven eight nine ten eleven twelve thirteen fourteen."))
    assert made is not None
    assert sketches.RULES == 1
    assert (made.size, len(made.bands), len(made.firsts)) == (12, 72, 288)
    assert made.bands[:2] == [-7150929563462982014, -2705138926087440788]


@settings(max_examples=100)
@given(seed=SEEDS, language=LANGUAGES)
def test_own_words_and_shared_words_make_the_text(seed: int, language: str) -> None:
    rng = random.Random(seed)
    wire = report(rng, place="Weir", language=language, sentences=4)
    told = rewrite(wire, rng, language=language)
    spans = own_spans(told, wire)
    assert spans == sorted(spans)
    assert all(0 <= start < end <= len(told) for start, end in spans)
    assert own_spans(told, told) == []
    edges = [0, *(place for span in spans for place in span), len(told)]
    both = [told[edges[at] : edges[at + 1]] for at in range(0, len(edges), 2)]
    runs = [runs_of(stretch) for stretch in both if len(stretch.split()) >= 3]
    assert all(shared(some, runs_of(wire))[0] > 0 for some in runs), "what is not marked stands in the wire"


def test_own_words_of_rewritten_text() -> None:
    wire = "Shells fell on the old mill before dawn. Nobody was inside the mill."
    told = "Mill Radio: nobody was inside the mill. Shells fell on the old mill at noon."
    assert [told[start:end] for start, end in own_spans(told, wire)] == ["Mill Radio", "at noon"]
    assert own_spans("قصف المدرسة", "") == [(0, 11)]


def test_long_text_takes_little_memory() -> None:
    rng = random.Random(5)
    words = " ".join(str(rng.randrange(10**6)) for _ in range(200_000))
    runs_of("warm")
    tracemalloc.start()
    sketch = sketch_of(runs_of(words))
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert sketch is not None
    assert peak < 150e6
    assert len(runs_of(words * 3)) <= sketches.LONGEST


def test_sketch_is_the_same_however_many_runs_are_looked_at_together(monkeypatch: pytest.MonkeyPatch) -> None:
    runs = runs_of(report(random.Random(6), place="Weir"))
    whole = sketch_of(runs)
    monkeypatch.setattr(sketches, "AT_ONCE", 7)
    assert sketch_of(runs) == whole
