"""Texts in the wrong encoding, or damaged: repaired or guessed, and it is said."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.text.encodings import is_worth_repair
from tests.factories.documents import reader_of

ARABIC = "سقطت ثلاث قذائف على الطاحونة القديمة عند النهر ظهر اليوم، ولم يكن أحد في الداخل كما قال الطحان. " * 3


@pytest.fixture
def read(tmp_path):
    return reader_of(tmp_path)


@pytest.mark.parametrize("at", [0, 7, 100, 399, -1])
@pytest.mark.parametrize("bad", [b"\xff", b"\xd8", b"\xe2\x80", b"\xed\xa0\x80"])
def test_utf_8_with_a_few_bad_bytes_is_repaired_and_says_so(read, at, bad):
    raw = ARABIC.encode()
    cut = at if at >= 0 else len(raw)

    [record] = read("mill.txt", raw[:cut] + bad + raw[cut:])

    assert record.encoding == "utf-8"
    assert "\ufffd" in record.text
    assert record.text.split(" ")[3:8] == ARABIC.split(" ")[3:8] or at in (7, 100)
    assert record.notes[0].startswith("damaged UTF-8: ")
    assert record.raw == raw[:cut] + bad + raw[cut:]


QUOTED = "“We heard the plane,” said the wardens’ head. “Nobody’s mill is safe,” – he added – “not even ours.”"


@pytest.mark.parametrize("bad", [[b"\x93", b"\xe9"], [b"\x92", b"\xff", b"\xa0"], [b"\xe2\x80", b"\x94", b"\xd8"]])
def test_utf_8_with_few_letters_beyond_ascii_is_repaired_as_well(read, bad):
    raw = QUOTED.encode()
    for number, damage in enumerate(bad, 1):
        at = raw.index(b" ", 20 * number)
        raw = raw[:at] + damage + raw[at:]

    [record] = read("mill.txt", raw)

    assert record.encoding == "utf-8"
    assert record.text.replace("\ufffd", "") == QUOTED
    assert record.notes[0].startswith("damaged UTF-8: ")


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (QUOTED, "cp1252"),
        ("Çiftçiler, “değirmen” ve şehir: ağır gün.", "cp1254"),
        (ARABIC, "cp1256"),
        (ARABIC, "iso8859-6"),
    ],
)
def test_text_of_another_encoding_is_not_taken_for_damaged_utf_8(read, text, encoding):
    [record] = read("mill.txt", text.encode(encoding, "ignore"))

    assert not any(note.startswith("damaged") for note in record.notes)
    assert "\ufffd" not in record.text


def test_utf_8_with_almost_as_many_bad_bytes_as_letters_beyond_ascii_is_repaired(read):
    raw = "The wardens’ head said: “nobody came”, “and”".encode() + b" a \x93stray\x94 caf\xe9."

    [record] = read("mill.txt", raw)

    assert record.text == "The wardens’ head said: “nobody came”, “and” a \ufffdstray\ufffd caf\ufffd."


WORDS = {
    "cp1252": "père «\xa0château\xa0» où l’été garçon naïve œuvre Élysée – größer Straße “Ärger” mañana ¿qué?",
    "cp1250": "wieś młyn źródło „łąka” dzień město řeka kůň žízeň",
    "cp1251": "мельница у реки «стояла» ещё неделю, сказал сторож",
    "koi8-r": "мельница у реки стояла ещё неделю, сказал сторож",
    "cp1256": "المطحنة، قرب السدّ؛ بقيت مغلقة؟ أسبوعًا «كاملًا»",
    "iso8859-6": "المطحنة، قرب السد؛ بقيت مغلقة؟ أسبوعا",
    "gb18030": "磨坊 在 河边 关闭 一周 看守人 说",
    "shift_jis": "水車小屋は 川の そばで 一週間 閉まって いた",
    "big5": "磨坊 在 河邊 關閉 一週 看守人 說",
}


@given(
    st.sampled_from(list(WORDS)).flatmap(
        lambda e: st.tuples(st.just(e), st.lists(st.sampled_from(WORDS[e].split(" ")), min_size=3, unique=True))
    )
)
def test_other_encodings_are_no_damaged_utf_8(drawn):
    encoding, words = drawn
    raw = " ".join(words).encode(encoding)
    text = raw.decode("utf-8", "replace")
    bad = text.count("\ufffd")
    good = sum(not letter.isascii() for letter in text) - bad

    assert bad == 0 or not is_worth_repair(good, bad)


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_encoding_that_a_byte_order_mark_tells_is_no_guess(read, encoding):
    [record] = read("mill.txt", f"\ufeffTitle: The mill\n\n{QUOTED}".encode(encoding))

    assert (record.encoding, record.notes) == (encoding, ())


def test_encoding_that_is_guessed_is_named(read):
    [record] = read("mill.txt", ARABIC.encode("cp1256"))

    assert record.notes == ("encoding guessed: cp1256",)
    assert read("mill2.txt", ARABIC)[0].notes == ()


def test_encoding_that_is_given_is_used_and_no_other(tmp_path, read):
    raw = "Un café, près du château".encode("mac-roman")

    [record] = read("mill.txt", raw, encoding="mac-roman")
    [unfit] = read("mill2.txt", b"\x81\x8d" + raw, encoding="utf-8")
    [marked] = read("mill3.txt", "\ufeffقرب الطاحونة".encode(), encoding="cp1256")
    [valid] = read("mill4.txt", "قرب الطاحونة".encode(), encoding="cp1256")

    assert (record.text, record.encoding, record.notes) == ("Un café, près du château", "mac-roman", ())
    assert unfit.reason == "the file is not utf-8"
    assert {marked.text, valid.text} == {"قرب الطاحونة"}


def test_rows_keep_damaged_bytes_in_the_capture_and_are_repaired_one_by_one(read):
    good = '{"title": "قرب الطاحونة القديمة", "text": "سقطت ثلاث قذائف على الطاحونة"}'.encode()
    bad = good.replace("ثلاث".encode(), b"\xff\xfe")

    first, second = read("mill.jsonl", good + b"\n" + bad + b"\n")

    assert (first.notes, first.raw) == ((), good)
    assert second.text == "سقطت \ufffd\ufffd قذائف على الطاحونة"
    assert second.raw == bad
    assert second.notes[0].startswith("damaged UTF-8: 2 ")


def test_table_that_is_damaged_utf_8_is_not_read_in_another_encoding(read):
    table = "title,text\n" + "".join(f"الطاحونة {n},سقطت قذيفة رقم {n}\n" for n in range(40))

    records = read("mill.csv", table.encode().replace("رقم 7".encode(), b"\xd8 7"))

    assert len(records) == 40
    assert [record.position for record in records if record.notes] == ["9"]
    assert records[7].text == "سقطت قذيفة \ufffd 7"
