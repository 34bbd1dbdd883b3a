"""Lines of the log."""

import logging
import logging.config

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive import logs


def line(message: str, *args: object, **more: object) -> str:
    record = logging.LogRecord("some.logger", logging.WARNING, "file.py", 1, message, args, None)
    record.__dict__.update(more)
    return logs.Line().format(record)


@given(st.text())
def test_a_record_is_one_line(text: str) -> None:
    assert len(line("%s", text).encode("utf-8", "replace").split(b"\n")) == 1


def test_a_message_cannot_forge_a_field() -> None:
    assert line("x status=200\nlevel=ERROR").endswith('message="x status=200\\nlevel=ERROR"')


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("Invalid request from ip=192.0.2.7: Invalid HTTP Header: 'Cookie x'", "Invalid request"),
        ("Error handling request /incidents/?q=kafranbel", "Error handling request /incidents/?…"),
        ("duplicate key\nDETAIL: Key (username)=(samira) exists.", "duplicate key\\nDETAIL: …"),
        ("Is it there? Yes.", "Is it there? Yes."),
    ],
)
def test_what_others_write_is_cut(said: str, written: str) -> None:
    assert line(said).endswith(f'message="{written}"')


def test_the_entry_can_be_loaded() -> None:
    logging.config.DictConfigurator(logs.configuration(level="WARNING", requests="INFO"))
