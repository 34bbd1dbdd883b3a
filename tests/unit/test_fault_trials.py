"""The trials of `make faults` see what they look for: a lost row, a doubled one, another value, a secret word."""

import random
import socket
import threading
from pathlib import Path

import pytest

from drill import report
from faults import columns, fuzz, pages
from faults.result import HEAD, Result
from faults.wires import Wire


def held(**tables: list[str]) -> columns.Holding:
    return {name: {"rows": len(values), "columns": {"word": " ".join(values)}} for name, values in tables.items()}


def test_rows_that_lack_and_rows_that_are_there_twice_are_counted() -> None:
    whole = held(report=["a", "b"], source=["c"])

    assert list(columns.fewer(whole, held(report=["a"], source=["c"]))) == ["report"]
    assert list(columns.fewer(whole, {})) == ["report", "report", "source"]
    assert list(columns.more(whole, held(report=["a", "b", "b"], source=["c"]))) == ["report"]


def test_a_value_is_compared_where_two_undisturbed_runs_say_the_same() -> None:
    one, two = held(report=["a"], day=["1 May"]), held(report=["a"], day=["2 May"])
    same = columns.telling(one, two)

    assert same == {("report", "word")}
    assert list(columns.other(one, held(report=["z"], day=["3 May"]), same)) == ["report.word"]
    assert list(columns.other(one, two, same)) == []


def test_a_row_of_the_table_is_well_only_if_something_was_tried_and_nothing_found() -> None:
    result = Result("a fault")
    assert not result.is_well
    result.tries = 1
    assert result.is_well
    result.count("leaked", ["/articles/"])
    result.wait("readers", 1.0)
    result.wait("readers", 0.5)

    assert not result.is_well
    assert result.found == ["leaked: /articles/"]
    assert result.cells == ["a fault", "1", "0", "0", "0", "1", "1.0 s", "–", ""]
    assert len(result.cells) == len(HEAD)


def test_a_table_is_written_between_its_marks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(report, "REPORT", tmp_path / "figures.md")
    report.REPORT.write_text("Before\n<!-- one -->\nold\n<!-- end of one -->\nAfter\n")

    report.keep("one", [("lost", "0")])

    text = report.REPORT.read_text()
    assert "<!-- one -->\n| | |\n|---|---|\n| lost | 0 |\n\nMeasured on " in text
    assert text.startswith("Before\n")
    assert text.endswith("<!-- end of one -->\nAfter\n")
    assert "old" not in text


def test_a_secret_word_is_told_in_whatever_letters() -> None:
    assert list(pages.told(f"<p>{pages.SECRETS[1].upper()}</p>")) == [pages.SECRETS[1]]
    assert list(pages.told("<p>A clinic.</p>")) == []


def test_a_wire_that_is_cut_ends_what_is_open_and_carries_again_once_mended(tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(tmp_path / "server"))
        server.listen()
        threading.Thread(target=echo, args=[server], daemon=True).start()
        wire = Wire(tmp_path / "server")
        with socket.create_connection(("127.0.0.1", wire.port), timeout=5) as one:
            one.sendall(b"a word")
            assert one.recv(6) == b"a word"
            wire.cut()
            assert one.recv(1) == b""
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection(("127.0.0.1", wire.port), timeout=5)
        wire.mend()
        with socket.create_connection(("127.0.0.1", wire.port), timeout=5) as one:
            one.sendall(b"again")
            assert one.recv(5) == b"again"
        wire.cut()


def echo(server: socket.socket) -> None:
    while True:
        try:
            connection, _ = server.accept()
        except OSError:
            return
        while got := connection.recv(100):
            connection.sendall(got)
        connection.close()


def test_requests_are_made_up_alike_from_one_seed_and_otherwise_from_another() -> None:
    known = [f"/articles/{number}/" for number in range(20)]
    first = list(fuzz.made_up(known, 20, random.Random(1)))

    assert first == list(fuzz.made_up(known, 20, random.Random(1)))
    assert first != list(fuzz.made_up(known, 20, random.Random(2)))
    assert len({address for _, address, _, _ in first}) > 5
