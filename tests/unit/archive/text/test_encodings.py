import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.text.encodings import DecodeError, decode, decode_as, looks_binary

ARABIC = "قصفت طائرة المستشفى في وسط البلدة صباح الثلاثاء، وقالت فرق الإسعاف إن سبعة أشخاص جرحوا."
SHORT_ARABIC = "قصف مشفى البلدة"
# Windows-1256 has no Persian ya, so Persian pages in it use the Arabic letter.
PERSIAN = "پزشکان گفتند که درمانگاه در این حمله آسیب ندید و بیماران را به شهر دیگر بردند.".replace("ی", "ي")
TURKISH = "Saldırıda okul ağır hasar gördü, üç kişi yaralandı ve şehir hastanesine götürüldü."
FRENCH = "L'hôpital a été touché à l'aube ; trois blessés ont été évacués vers la ville voisine, où l'école a fermé."
RUSSIAN = "Больница была повреждена утром, трое раненых были доставлены в соседний город, школа закрыта."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
def test_decode_reads_the_byte_order_mark(encoding):
    mark = "\ufeff".encode(encoding)

    decoded = decode(mark + ARABIC.encode(encoding))

    assert decoded == (ARABIC, encoding, "byte order mark")


def test_decode_byte_order_mark_outranks_the_declaration():
    assert decode(codecs.BOM_UTF8 + ARABIC.encode(), "windows-1256").text == ARABIC


def test_decode_follows_the_declaration():
    assert decode(ARABIC.encode("cp1256"), "Windows-1256") == (ARABIC, "cp1256", "declared")


def test_decode_follows_a_declared_utf16_without_mark():
    assert decode(ARABIC.encode("utf-16-le"), "utf-16le") == (ARABIC, "utf-16-le", "declared")


@pytest.mark.parametrize("declared", [None, "", "utf-8", "no-such-charset", "base64", "unicode_escape", "idna", "\0"])
def test_decode_utf8_whatever_useless_thing_was_declared(declared):
    assert decode(ARABIC.encode(), declared).text == ARABIC


@pytest.mark.parametrize("declared", ["iso-8859-1", "windows-1256", "us-ascii"])
def test_decode_utf8_declared_as_a_single_byte_encoding_is_utf8(declared):
    decoded = decode(ARABIC.encode(), declared)

    assert (decoded.text, decoded.how) == (ARABIC, "utf-8")


def test_decode_latin1_is_read_as_windows_1252():
    assert decode("“Clinic” – 5 €".encode("cp1252"), "iso-8859-1").text == "“Clinic” – 5 €"


@pytest.mark.parametrize("text", [ARABIC, SHORT_ARABIC, PERSIAN, f"Update: {ARABIC} (Clinic No. 5)"])
@pytest.mark.parametrize("declared", [None, "utf-8"])
def test_decode_guesses_windows_1256(text, declared):
    assert decode(text.encode("cp1256"), declared) == (text, "cp1256", "guessed")


@pytest.mark.parametrize("text", [ARABIC, SHORT_ARABIC])
def test_decode_guesses_iso_8859_6(text):
    assert decode(text.encode("iso8859-6"), None) == (text, "iso8859-6", "guessed")


def test_decode_guesses_french():
    assert decode(FRENCH.encode("cp1252")) == (FRENCH, "cp1252", "guessed")


def test_decode_guesses_turkish():
    assert decode(TURKISH.encode("cp1254")) == (TURKISH, "cp1254", "guessed")


def test_decode_guesses_english_with_typographic_quotes():
    assert decode("“Nobody was inside” – that’s all".encode("cp1252")).text == "“Nobody was inside” – that’s all"


def test_decode_guesses_russian():
    assert decode((RUSSIAN * 3).encode("cp1251")).text == RUSSIAN * 3


@pytest.mark.parametrize(
    "head", [b"%PDF-1.7\n", b"PK\x03\x04....", b"\x89PNG\r\n", b"\x1f\x8b\x08", b"text\0text", b"\x01\x02\x03\x04"]
)
def test_decode_refuses_a_binary_format(head):
    assert looks_binary(head)
    with pytest.raises(DecodeError, match="not a text file"):
        decode(head)


@pytest.mark.parametrize("raw", [b"", b"plain", ARABIC.encode(), ARABIC.encode("cp1256"), codecs.BOM_UTF16_LE + b"a\0"])
def test_looks_binary_is_false_for_text(raw):
    assert not looks_binary(raw)


def test_decode_error_names_the_declaration(monkeypatch):
    # Bytes that no encoding fits are rare: a detector without an answer stands for them.
    class Nothing:
        def best(self):
            return None

    monkeypatch.setattr("archive.text.encodings.from_bytes", lambda raw: Nothing())
    with pytest.raises(DecodeError, match="declared as utf-8"):
        decode(b"\xff\xfa\xe1\x81 caf\x8d", "utf-8")


@given(st.binary(max_size=60), st.none() | st.text(max_size=12))
def test_decode_answers_or_raises_its_own_error(raw, declared):
    try:
        decoded = decode(raw, declared)
    except DecodeError:
        return
    assert isinstance(decoded.text, str)


@pytest.mark.parametrize(
    ("raw", "name", "expected"),
    [
        (codecs.BOM_UTF16_LE + ARABIC.encode("utf-16-le"), "windows-1256", (ARABIC, "utf-16-le", "byte order mark")),
        (ARABIC.encode(), "windows-1256", (ARABIC, "utf-8", "utf-8")),
        (ARABIC.encode("cp1256"), "windows-1256", (ARABIC, "cp1256", "declared")),
        (b"Shells fell.", "windows-1256", ("Shells fell.", "cp1256", "declared")),
        (ARABIC.encode("utf-16-le"), "utf-16-le", (ARABIC, "utf-16-le", "declared")),
    ],
)
def test_decode_as_reads_as_named_but_for_a_mark_and_utf8(raw, name, expected):
    assert decode_as(raw, name) == expected


@pytest.mark.parametrize(
    ("raw", "name", "message"),
    [
        (b"Shells fell.", "klingon", "klingon is not the name of an encoding"),
        (ARABIC.encode("cp1256"), "utf-8", "The file is not utf-8"),
        (b"Shells\0fell.", "windows-1252", "The file is not windows-1252"),
    ],
)
def test_decode_as_refuses_what_does_not_fit(raw, name, message):
    with pytest.raises(DecodeError, match=message):
        decode_as(raw, name)
