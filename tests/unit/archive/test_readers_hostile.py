"""Files that somebody made to do harm, or that were damaged: each is refused or mended by itself, and says so."""

import os
import random
import socket
import string

import pytest

from archive.readers import MappingError, Record, Refusal, list_files, read_map, read_path
from archive.text.bidi import DIRECTIONS
from tests.factories.documents import TEXT, reader_of

SECRET = "The words of a file that nobody meant to publish."
LINK = "it is a symbolic link, or lies behind one; links are not followed"


@pytest.fixture
def read(tmp_path):
    return reader_of(tmp_path)


@pytest.fixture
def secret(tmp_path_factory):
    folder = tmp_path_factory.mktemp("elsewhere")
    (folder / "secret.txt").write_text(SECRET)
    (folder / "secret.toml").write_text('title = "From elsewhere"\n')
    return folder


def outcomes(path, **options):
    return {
        item.locator.removeprefix(f"{path.name}/"): item.reason if isinstance(item, Refusal) else item.title
        for item in read_path(path, **options)
    }


# Links and what is no file


def test_links_are_refused_and_the_rest_goes_in(tmp_path, secret):
    (tmp_path / "mill.txt").write_text(f"The mill\n\n{TEXT}")
    (tmp_path / "a.txt").symlink_to(secret / "secret.txt")
    (tmp_path / "b").symlink_to(secret)
    (tmp_path / "c.txt").symlink_to(tmp_path / "mill.txt")
    (tmp_path / "d.txt").symlink_to("nowhere")
    (tmp_path / "e").symlink_to(tmp_path)

    found = outcomes(tmp_path)

    assert found == {"mill.txt": "The mill"} | dict.fromkeys(("a.txt", "b", "c.txt", "d.txt", "e"), LINK)


def test_link_given_by_itself_is_refused(tmp_path, secret):
    (tmp_path / "a.txt").symlink_to(secret / "secret.txt")
    (tmp_path / "b").symlink_to(secret)

    assert outcomes(tmp_path / "a.txt") == {"a.txt": LINK}
    assert outcomes(tmp_path / "b") == {"b": LINK}


def test_links_above_the_folder_that_is_given_are_the_users_own(tmp_path, secret):
    (tmp_path / "home").symlink_to(secret)

    [record] = read_path(tmp_path / "home" / "secret.txt")

    assert (record.text, record.title) == (SECRET, "From elsewhere")


def test_link_as_sidecar_or_mapping_is_refused(tmp_path, read, secret):
    (tmp_path / "mill.toml").symlink_to(secret / "secret.toml")

    [refusal] = read("mill.txt", TEXT)

    assert refusal.reason == f"mill.toml: {LINK}"
    with pytest.raises(MappingError, match="symbolic link"):
        read_map(tmp_path / "mill.toml")


@pytest.mark.parametrize("swapped", ["folder", "file"])
def test_link_that_is_put_there_while_the_folder_is_read_is_refused(tmp_path, secret, swapped):
    inner = tmp_path / "root" / "inner"
    inner.mkdir(parents=True)
    (inner / "secret.txt").write_text(TEXT)
    [path] = list_files(tmp_path / "root")

    if swapped == "folder":
        inner.rename(tmp_path / "moved")
        inner.symlink_to(secret)
    else:
        path.unlink()
        path.symlink_to(secret / "secret.txt")

    assert outcomes(path.parent) == {path.parent.name if swapped == "folder" else "secret.txt": LINK}
    assert outcomes(path) == {"secret.txt": LINK} or swapped == "folder"


def test_file_behind_a_folder_that_became_a_link_is_not_opened(tmp_path, secret, monkeypatch):
    (tmp_path / "inner").mkdir()
    (tmp_path / "inner" / "secret.txt").write_text(TEXT)
    listed = list(list_files(tmp_path))
    (tmp_path / "inner").rename(tmp_path / "moved")
    (tmp_path / "inner").symlink_to(secret)
    monkeypatch.setattr("archive.readers.registry.list_files", lambda _path: listed)

    assert outcomes(tmp_path) == {"inner/secret.txt": LINK}


def test_pipes_sockets_devices_and_folders_named_like_files_are_refused(tmp_path, monkeypatch):
    os.mkfifo(tmp_path / "pipe.txt")
    os.mkfifo(tmp_path / "mill.toml")
    (tmp_path / "mill.txt").write_text(TEXT)
    (tmp_path / "folder.txt").mkdir()
    monkeypatch.chdir(tmp_path)
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind("socket.txt")
        found = outcomes(tmp_path)

    assert found == {
        "pipe.txt": "it is not a regular file",
        "socket.txt": "it is not a regular file",
        "mill.txt": "mill.toml: it is not a regular file",
    }
    assert outcomes(type(tmp_path)("/dev/zero")) == {"zero": "it is not a regular file"}


@pytest.mark.parametrize("name", [b"\xff\xfe.txt", b"two\nlines.txt", "\u202etxt.exe.txt".encode(), b"a\x1b[31m.txt"])
def test_names_of_files_are_printed_and_kept_without_what_harms(tmp_path, name):
    (tmp_path / os.fsdecode(name)).write_text(TEXT)

    [record] = read_path(tmp_path)

    for shown in (record.locator, record.file_name):
        assert shown.encode()
        assert shown.isprintable()


# Side-cars, front matter, mappings


@pytest.mark.parametrize(
    "content",
    [
        ".".join("a" * 100_000) + " = 1",
        ".".join("a" * 9_000) + " = 1",
        "x = " + "[" * 9_000,
        "x = " + "[" * 90_000,
        "x = " + "{a=" * 6_000,
        "[" + ".".join("a" * 9_000) + "]",
        "\n".join(f"[a.b.c.d.e{n}]" for n in range(1_000)),
        "title = " + "9" * 15_000,
        "title = " + '"' * 19_000,
        "title = '''" + "'" * 19_000,
        'title = "' + '\\"' * 9_000,
        "published = 2018-99-99",
        "title = \ud800".encode("utf-8", "surrogatepass"),
        b"\xff\xfe\x00",
        b"\x00" * 100,
        "title = {}",
        "title = 5\n" * 2,
    ],
)
def test_sidecar_that_would_cost_the_machine_is_refused_and_the_rest_goes_in(tmp_path, content):
    (tmp_path / "a.toml").write_bytes(content if isinstance(content, bytes) else content.encode())
    (tmp_path / "a.txt").write_text(TEXT)
    (tmp_path / "b.txt").write_text(f"The mill\n\n{TEXT}")
    found = outcomes(tmp_path)

    assert found["b.txt"] == "The mill"
    assert found["a.txt"].startswith("a.toml ") or content == "title = {}"
    assert len(found["a.txt"]) < 300


@pytest.mark.parametrize(
    "content",
    [
        "[columns]\n" + ".".join("a" * 90_000) + " = 1",
        "[values.source]\n" + "x = " + "[" * 90_000,
        'title = "' + '"' * 900_000,
    ],
)
def test_mapping_that_nests_too_deep_is_refused(tmp_path, content):
    (tmp_path / "map.toml").write_text(content)

    with pytest.raises(MappingError, match=r"map\.toml"):
        read_map(tmp_path / "map.toml")


def test_sidecar_with_dots_and_brackets_in_its_words_is_read(tmp_path, read):
    (tmp_path / "mill.toml").write_text(
        'title = "a.b.c.d.e.f [[[[[ {{{{{ # \\" x"  # a.b.c.d.e.f [[[[[[\n'
        'source = \'u.v.w.x.y.z ]]]]\'\nauthors = [\'A. B. C. D. E. F.\', """G. H. [[[[[["""]\n'
    )

    [record] = read("mill.txt", TEXT)

    assert (record.title, record.source) == ('a.b.c.d.e.f [[[[[ {{{{{ # " x', "u.v.w.x.y.z ]]]]")
    assert record.authors == ("A. B. C. D. E. F.", "G. H. [[[[[[")


@pytest.mark.parametrize(
    ("block", "reason"),
    [
        ("title: " + "[" * 9_000 + "]" * 9_000, "its front matter holds lists in lists in lists"),
        ("tags:\n" + "- a\n" * 9_000, "its front matter is longer than 20,000 characters"),
        ("title: " + "a" * 200_000, "its front matter is longer than 20,000 characters"),
    ],
)
def test_front_matter_beyond_its_limits_is_refused(read, block, reason):
    [refusal] = read("mill.md", f"---\n{block}\n---\n{TEXT}")

    assert refusal.reason == reason


@pytest.mark.parametrize(
    "block",
    ["title: a" + " " * 15_000 + "#", "title: a" + " " * 15_000 + "b", "title: [" + "[a]," * 4_000 + "]", "a" * 19_000],
)
def test_front_matter_that_is_only_odd_is_read(read, block):
    [record] = read("mill.md", f"---\n{block}\n---\n{TEXT}")

    assert TEXT.split("\n")[-1] in record.text


def test_text_between_two_rules_far_apart_is_a_text(read):
    words = "Nobody was at the mill. " * 2_000

    [record] = read("mill.md", f"---\n\n{words}\n\n---\n\n{TEXT}")

    assert words.strip() in record.text


# Tables


@pytest.mark.parametrize(
    ("rows", "line"),
    [
        ('a,"one\ntwo\n', 4),
        ('a,"one\ntwo","three\nfour\nfive\n', 5),
        ('"a ""quoted""\nb",one\n"c\nd', 6),
        ('a,one\nb,"two', 5),
    ],
)
def test_quote_that_never_closes_is_refused_with_its_line(read, rows, line):
    *before, refusal = read("mill.csv", f"title,text\nx,first\ny,second\n{rows}")

    assert [record.text for record in before][:2] == ["first", "second"]
    assert f"the quotation mark that opens on line {line} of the file is not closed" in refusal.reason
    assert refusal.reason.endswith("the rest is not read")


def test_quote_that_swallows_the_rows_behind_it_does_not_make_one_article_of_two(read):
    *before, refusal = read("mill.csv", 'title,text\nx,first\ny,"second\nz,"third"\nw,fourth\n')

    assert [record.text for record in before] == ["first"]
    assert "opens on line 3 of the file" in refusal.reason


def test_row_of_one_line_with_a_wrong_quote_is_refused_by_itself(read):
    first, refusal, last = read("mill.csv", 'title,text\nx,first\ny,"se"cond\nz,third\n')

    assert (first.text, last.text) == ("first", "third")
    assert "line 3 of the file" in refusal.reason


def test_quoted_texts_of_many_paragraphs_are_read_whole(read):
    text = 'One "two"\n\n' * 3_000

    [record] = read("mill.csv", 'title,text\nx,"' + text.replace('"', '""') + '"\n')

    assert record.text == text


# Titles and names


def test_directions_are_removed_from_titles_and_names_and_stay_in_the_text(read):
    turned = f"The {DIRECTIONS}mill"

    [record] = read("mill.txt", f"Title: {turned}\nSource: {turned}\nBy: {turned}\n\nA text with {DIRECTIONS} in it.")

    assert (record.title, record.source, record.authors) == ("The mill", "The mill", ("The mill",))
    assert DIRECTIONS in record.text


# At random


@pytest.mark.parametrize("seed", range(40))
def test_any_bytes_in_any_format_are_refused_or_read(tmp_path, seed):
    chance = random.Random(seed)
    pieces = [
        *(b"---\n", b"title: ", b"[" * 50, b'"', b"'", b",", b"\n", b"\r", b"\0", b"\xff", b"\xd8\xa7", b"{", b"}"),
        *(b'{"text": "a"}\n', b"title,text\n", b"\xef\xbb\xbf", b"\xff\xfe", b"\x1b", b"a" * 300, "قرب ".encode()),
        *(b"\xed\xa0\x80", b"9" * 5_000, b"#", b"```", b"<script>", b"\xe2\x80\xae", b"\\", b"|", b"=", b"."),
    ]
    (tmp_path / "good.txt").write_text(f"The mill\n\n{TEXT}")
    for number in range(30):
        name = f"{number}{chance.choice(['.txt', '.md', '.csv', '.jsonl', '.toml', '.tsv', '.bin', ''])}"
        content = b"".join(chance.choices(pieces, k=chance.randrange(60)))
        (tmp_path / name).write_bytes(content)
        if chance.random() < 0.3:
            letters = "".join(chance.choices(string.printable, k=200))
            (tmp_path / f"{number}.toml").write_text(letters)

    items = list(read_path(tmp_path))

    assert any(isinstance(item, Record) and item.title == "The mill" for item in items)
    for item in items:
        assert item.locator.isprintable()
        if isinstance(item, Refusal):
            assert item.reason
            assert item.reason.isprintable()
            assert len(item.reason) <= 300
        else:
            assert item.text.encode()
            assert "\0" not in item.text
            assert not set(DIRECTIONS) & set(item.title + item.source + "".join(item.authors))
