"""Web archives compressed with Zstandard, as *Zstandard Compression for WARC Files* 1.0 has them, and hostile ones."""

import os
import subprocess
import time

import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.readers.opening import UnreadableFileError
from archive.readers.page import Page
from archive.readers.record import Refusal
from archive.readers.warc import unpacking
from tests.factories.web_archives import ADDRESS, PAGE, read_all, record, redirect, response, sha1_of, wacz

SECOND = "https://news.example/second"
RECORDS = (redirect("https://news.example/old", ADDRESS), response(), response(SECOND))


def frame(one: bytes, dictionary: zstandard.ZstdCompressionDict | None = None, **options) -> bytes:
    """A frame as the specification wants it: with the size of its content, a check sum, the dictionary's number."""
    return zstandard.ZstdCompressor(dict_data=dictionary, write_checksum=True, **options).compress(one)


def skippable(data: bytes, magic: int = 0x184D2A50) -> bytes:
    return magic.to_bytes(4, "little") + len(data).to_bytes(4, "little") + data


@pytest.fixture(scope="module")
def dictionary() -> zstandard.ZstdCompressionDict:
    """One that is trained on records like those of the tests."""
    samples = [response(f"https://news.example/{n}", PAGE + os.urandom(20).hex().encode()) for n in range(400)]
    return zstandard.train_dictionary(4_096, samples, dict_id=40_000)


def pages(found: list) -> list[str]:
    return [one.provenance.final_url for one in found if isinstance(one, Page)]


def reasons(found: list) -> str:
    return "; ".join(one.reason for one in found if isinstance(one, Refusal))


def test_one_frame_a_record(tmp_path) -> None:
    found = read_all(tmp_path / "a.warc.zst", b"".join(map(frame, RECORDS)))

    assert pages(found) == [ADDRESS, SECOND]
    assert reasons(found) == ""
    assert found[0].body == PAGE
    assert found[0].raw == RECORDS[0] + RECORDS[1]  # as it stood, without compression


@pytest.mark.parametrize("is_packed", [False, True])
def test_dictionary_before_the_frames(tmp_path, dictionary, is_packed: bool) -> None:
    data = dictionary.as_bytes()
    first = skippable(frame(data) if is_packed else data, 0x184D2A5D)
    packed = b"".join(frame(one, dictionary) for one in RECORDS)
    assert len(packed) < len(b"".join(map(frame, RECORDS))) / 2  # it is of use

    found = read_all(tmp_path / "a.warc.zst", first + packed)

    assert pages(found) == [ADDRESS, SECOND]
    assert reasons(found) == ""


def test_frames_of_others_and_empty_ones_are_passed_over(tmp_path) -> None:
    others = skippable(b"anything", 0x184D2A5F) + skippable(b"", 0x184D2A50)
    data = frame(b"") + others + frame(RECORDS[0]) + others + frame(RECORDS[1][:50]) + frame(RECORDS[1][50:]) + others

    found = read_all(tmp_path / "a.warc.zst", data)

    assert pages(found) == [ADDRESS]
    assert reasons(found) == ""


def test_whole_file_in_one_frame_and_what_the_tool_makes(tmp_path) -> None:
    (tmp_path / "b.warc").write_bytes(b"".join(RECORDS))
    assert pages(read_all(tmp_path / "a.warc.zst", frame(b"".join(RECORDS)))) == [ADDRESS, SECOND]
    try:
        subprocess.run(["zstd", "-q", "-19", "--long", tmp_path / "b.warc"], check=True)
    except FileNotFoundError:
        pytest.skip("there is no zstd on this machine")
    assert pages(read_all(tmp_path / "c.warc.zst", (tmp_path / "b.warc.zst").read_bytes())) == [ADDRESS, SECOND]


def test_in_a_wacz(tmp_path) -> None:
    data = wacz(b"".join(map(frame, RECORDS)), name="archive/data.warc.zst")

    assert pages(read_all(tmp_path / "a.wacz", data)) == [ADDRESS, SECOND]


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"".join(map(frame, RECORDS))[:-9], "cut off in the middle of its compressed data"),
        (frame(RECORDS[1]) + b"something else", "goes on after its compressed part"),
        (frame(RECORDS[1]) + skippable(b"x" * 90)[:40], "cut off in the middle"),
        (frame(RECORDS[1]) + skippable(b"x", 0x184D2A5D), "a second dictionary begins"),
        (frame(RECORDS[1]) + frame(RECORDS[2])[:30] + b"\xff" * 2_000, "its compression is damaged after"),
    ],
)
def test_file_is_taken_as_far_as_it_is_good(tmp_path, data: bytes, says: str) -> None:
    found = read_all(tmp_path / "a.warc.zst", data)

    assert ADDRESS in pages(found)
    assert says in reasons(found)


def test_changed_content_does_not_fit_its_check_sum(tmp_path) -> None:
    stored = zstandard.ZstdCompressor(level=1, write_checksum=True).compress(os.urandom(20).hex().encode() + RECORDS[1])
    at = stored.index(b"demonstration") if b"demonstration" in stored else len(stored) - 8
    changed = stored[:at] + bytes([stored[at] ^ 1]) + stored[at + 1 :]

    found = read_all(tmp_path / "a.warc.zst", frame(RECORDS[2]) + changed)

    assert pages(found) == [SECOND]
    assert "its compression is damaged" in reasons(found)


def test_dictionary_of_another_file(tmp_path, dictionary) -> None:
    other = zstandard.train_dictionary(4_096, [os.urandom(50).hex().encode() for _ in range(400)], dict_id=50_000)

    found = read_all(tmp_path / "a.warc.zst", skippable(other.as_bytes(), 0x184D2A5D) + frame(RECORDS[1], dictionary))

    assert pages(found) == []
    assert "its compression is damaged" in reasons(found)
    assert "damaged" in reasons(read_all(tmp_path / "b.warc.zst", frame(RECORDS[1], dictionary)))  # none at all


LARGE = 9_000_000


@pytest.mark.parametrize(
    ("first", "says"),
    [
        (lambda: skippable(b"x" * LARGE, 0x184D2A5D), "its dictionary has more than 8 MB"),
        (lambda: skippable(frame(b"\0" * LARGE), 0x184D2A5D), "its dictionary has more than 8 MB"),
        (
            lambda: skippable(zstandard.ZstdCompressor(write_content_size=False).compress(b"\0" * LARGE), 0x184D2A5D),
            "its dictionary is damaged",
        ),
        (lambda: skippable(b"\x37\xa4\x30\xecnothing of the kind", 0x184D2A5D), "its dictionary is damaged"),
        (lambda: skippable(b"nothing of the kind", 0x184D2A5D), "its dictionary is damaged"),
        (lambda: skippable(frame(b"x" * 500)[:-6], 0x184D2A5D), "its dictionary is damaged"),
        (lambda: (0x184D2A5D).to_bytes(4, "little") + b"\xff\xff\x00\x00abc", "its dictionary is damaged"),
    ],
)
def test_dictionary_of_no_use_is_refused(tmp_path, first, says: str) -> None:
    with pytest.raises(UnreadableFileError, match=says):
        read_all(tmp_path / "a.warc.zst", first() + frame(RECORDS[1]))


def test_frame_that_takes_too_much_memory_is_refused_with_advice(tmp_path) -> None:
    greedy = zstandard.ZstdCompressionParameters(window_log=28, write_content_size=False)
    packer = zstandard.ZstdCompressor(compression_params=greedy).compressobj()
    data = packer.compress(RECORDS[2]) + packer.flush()

    found = read_all(tmp_path / "a.warc.zst", frame(RECORDS[1]) + data)

    assert pages(found) == [ADDRESS]
    assert "takes 268 MB of memory; unpack it first (zstd -d --long=31)" in reasons(found)


def test_bomb_ends_before_it_fills_the_disk(tmp_path) -> None:
    """As with gzip: more than 200 times longer, once it is longer than 100 MB."""
    bomb = zstandard.ZstdCompressor(level=1).compress(b"WARC/1.1\r\n" + b"A" * 400_000_000)

    found = read_all(tmp_path / "a.warc.zst", frame(RECORDS[1]) + bomb)

    assert pages(found) == [ADDRESS]
    assert "built to exhaust a machine" in reasons(found)


def test_what_is_unpacked_ends_at_the_limit(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(unpacking, "LARGEST_FILE", 1_000)
    monkeypatch.setattr(unpacking, "LONGER", 1)

    found = read_all(tmp_path / "a.warc.zst", b"".join(frame(response(body=os.urandom(900))) for _ in range(3)))

    assert "the rest is not read" in reasons(found)


def test_effort_grows_with_the_size_only(tmp_path) -> None:
    """A million bytes of empty frames, and of frames to be passed over."""
    for many in (frame(b"") * 80_000, skippable(b"") * 120_000):
        start = time.process_time()
        assert pages(read_all(tmp_path / "a.warc.zst", frame(RECORDS[1]) + many)) == [ADDRESS]
        assert time.process_time() - start < 10


@settings(max_examples=120, deadline=None)
@given(data=st.data())
def test_no_damage_raises_anything_else(tmp_path_factory, dictionary, data) -> None:
    whole = skippable(dictionary.as_bytes()[:4_096], 0x184D2A5D) if data.draw(st.booleans()) else b""
    used = dictionary if whole else None
    whole += b"".join(frame(one, used) for one in RECORDS) + skippable(b"others")
    damaged = bytearray(whole)
    for at in data.draw(st.lists(st.integers(0, len(whole) - 1), max_size=6)):
        damaged[at] = data.draw(st.integers(0, 255))
    end = data.draw(st.integers(1, len(whole)))
    try:
        found = read_all(tmp_path_factory.mktemp("damaged") / "a.warc.zst", bytes(damaged[:end]))
    except UnreadableFileError:
        return
    assert found


def test_digests_of_compressed_records_are_those_of_their_content(tmp_path) -> None:
    told = record("resource", ADDRESS, PAGE, Content_Type="text/html", WARC_Payload_Digest=sha1_of(PAGE))

    (page,) = read_all(tmp_path / "a.warc.zst", frame(told))

    assert page.provenance.warnings == ()
