"""WACZ: only what it lists, under names that stay in it, signed by whom it says."""

import base64
import io
import zipfile

import pytest
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from archive.readers.opening import UnreadableFileError
from archive.readers.page import Page
from tests.factories.web_archives import PAGE, gzipped, read_all, response, wacz


def signature(key, *, over=None):
    def signed(digest: str) -> dict:
        made = key.sign((over or digest).encode(), ec.ECDSA(hashes.SHA256()))
        public = key.public_key().public_bytes(
            serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
        )
        return {
            "hash": digest,
            "signature": base64.b64encode(made).decode(),
            "publicKey": base64.b64encode(public).decode(),
        }

    return signed


@pytest.mark.parametrize("name", ["archive/data.warc", "archive/data.warc.gz"])
def test_archive_in_it_is_read(tmp_path, name):
    data = gzipped(response()) if name.endswith(".gz") else response()
    (page,) = read_all(tmp_path / "a.wacz", wacz(data, name=name))
    assert page.body == PAGE
    assert page.provenance.settings["wacz_signature"] == "not signed"
    assert page.provenance.settings["wacz_member"] == name


@pytest.mark.parametrize("curve", [ec.SECP256R1(), ec.SECP384R1()])
def test_signature_of_an_unknown_key_fits(tmp_path, curve):
    data = wacz(response(), signed=signature(ec.generate_private_key(curve)))
    (page,) = read_all(tmp_path / "a.wacz", data)
    assert page.provenance.settings["wacz_signature"] == "signed by a key that nobody vouches for; the signature fits"
    assert page.notes == ("WACZ: signed by a key that nobody vouches for; the signature fits",)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (wacz(response(), signed=signature(ec.generate_private_key(ec.SECP256R1()), over="else")), "does not fit"),
        (wacz(response(), signed={"hash": "sha256:0"}), "of another file"),
        (wacz(response(), lie=True), "is not the file whose digest"),
        (wacz(response(), name="../archive/data.warc"), "leads out of it"),
        (wacz(response(), name="/archive/data.warc"), "leads out of it"),
        (wacz(response(), name="archive/../../data.warc"), "leads out of it"),
        (wacz(response(), name="other/data.warc"), "no web archive"),
        (b"no ZIP at all", "no ZIP"),
        (wacz(response())[:-30], "no ZIP"),
    ],
)
def test_lying_package_is_refused(tmp_path, data, reason):
    with pytest.raises(UnreadableFileError, match=reason):
        read_all(tmp_path / "a.wacz", data)


def test_other_compression_is_refused(tmp_path):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_BZIP2) as package:
        package.writestr("archive/data.warc", response())
    with pytest.raises(UnreadableFileError, match="other than DEFLATE"):
        read_all(tmp_path / "a.wacz", made.getvalue())


def test_nothing_is_written_beside_it(tmp_path):
    found = read_all(tmp_path / "a.wacz", wacz(response()))
    assert isinstance(found[0], Page)
    assert [path.name for path in tmp_path.iterdir()] == ["a.wacz"]
