"""Real web archives of two other projects: each ends as its name says, and a second reader finds the same bytes."""

import pytest
import time_machine

from archive.readers.page import Page
from evaluate.web_archives import BROKEN, FOLDER, GOOD, is_as_named, payloads, read, run

pytestmark = [pytest.mark.shared, pytest.mark.usefixtures("shared")]


def test_every_file_is_spoken_for():
    files = {file.relative_to(FOLDER).as_posix() for file in FOLDER.rglob("*.*")}
    others = {name for name in files if not name.endswith((".warc", ".arc", ".gz", ".wacz"))}
    assert files - others == {*GOOD, *BROKEN}
    assert {name.rpartition("/")[2] for name in others} == {".gitignore", "example-bad.warc.gz.bad"}


@pytest.mark.parametrize("name", [*GOOD, *BROKEN])
def test_file_ends_as_its_name_says(name):
    assert is_as_named(name), read(name)


def test_invalid_signature_is_told_from_the_valid_one():
    valid, invalid = (read(f"py-wacz/{which}_signed_example_1.wacz")[0] for which in ("valid", "invalid"))
    said = valid.provenance.settings["wacz_signature"]
    assert said.startswith("the signature of btrix-sign-test.webrecorder.net is valid, but the time of signing is not")
    assert valid.provenance.warnings == (f"WACZ: {said}",)
    assert "no known authority vouches for" in invalid.provenance.settings["wacz_signature"]
    assert invalid.provenance.warnings


@time_machine.travel("2022-02-01T12:00:00Z")
def test_signature_is_told_by_its_time_stamp_while_its_certificate_is_good():
    valid = read("py-wacz/valid_signed_example_1.wacz")[0]
    signer = "signed by btrix-sign-test.webrecorder.net, 2022-01-18"
    assert valid.provenance.settings["wacz_signature"].startswith(signer)
    assert valid.provenance.warnings == ()


@pytest.mark.parametrize("name", [name for name in GOOD if name.endswith((".warc", ".warc.gz"))])
def test_second_reader_finds_the_same_payloads(name):
    ours = {one.provenance.payload_sha256 for one in read(name) if isinstance(one, Page)}
    assert ours
    assert ours <= set(payloads(name))


def test_measurement_holds():
    lines, is_good = run()
    assert is_good, lines
