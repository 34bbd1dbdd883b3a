"""WACZ: a ZIP of web archives that lists the digests of what it holds, and may be signed.

Members are read through their names in the list, and copied to temporary files that have no name.
"""

import hashlib
import json
import posixpath
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, BinaryIO

from archive.readers.opening import UnreadableFileError
from archive.readers.warc.archive_limits import (
    LARGEST_FILE,
    LARGEST_JSON,
    LONGER,
    MOST_MEMBERS,
    RATIO_OF_FILE_FROM,
    STEP,
    LimitError,
    check_ratio,
)
from archive.readers.warc.captured_pages import Whence
from archive.readers.warc.signatures import Verdict, verify

PACKAGE, DIGEST = "datapackage.json", "datapackage-digest.json"
ARCHIVES = (".warc", ".warc.gz", ".warc.zst", ".arc", ".arc.gz")
ENCRYPTED = 0x1
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError)


def members(file: BinaryIO, file_sha256: str) -> Iterator[tuple[BinaryIO, Whence]]:
    """The web archives of a WACZ, each checked against the digest that the package lists for it.

    Raises `UnreadableFileError`: no WACZ, names that lead out of it, lying digests, a signature that does not fit.
    """
    try:
        package = zipfile.ZipFile(file)
    except BROKEN as error:
        raise UnreadableFileError("it is no ZIP file, or a broken one") from error
    with package:
        _check_names(package)
        _check_sizes(package)
        described = _small(package, PACKAGE)
        resources = _resources(described)
        verdict = _verdict(package, described)
        names = set(package.namelist())
        for name in package.namelist():
            if name in resources and not name.startswith("archive/"):
                _copy(package, name, resources[name], None)
        found = [name for name in package.namelist() if name.startswith("archive/") and name.lower().endswith(ARCHIVES)]
        if not found:
            raise UnreadableFileError("it has no web archive in its folder archive/")
        if missing := sorted(name for name in resources if name not in names):
            raise UnreadableFileError(f"it lists {missing[0][:100]!r}, which is not in it")
        for number, name in enumerate(found, 1):
            if name not in resources:
                raise UnreadableFileError(f"it holds {name[:100]!r}, which its {PACKAGE} does not list")
            with tempfile.TemporaryFile() as plain:
                _copy(package, name, resources[name], plain)
                plain.seek(0)
                whence = _whence(name, number if len(found) > 1 else 0, verdict, file_sha256)
                info = package.getinfo(name)
                scale = info.compress_size / max(1, info.file_size)
                yield plain, replace(whence, offset=info.header_offset, scale=scale)


def _whence(name: str, number: int, verdict: Verdict, file_sha256: str) -> Whence:
    return Whence(
        file_sha256=file_sha256,
        prefix=f"{number}:" if number else "",
        settings={"wacz_member": name[:300], "wacz_signature": verdict.said},
        warnings=() if verdict.is_sound else (f"WACZ: {verdict.said}",),
        notes=(f"WACZ: {verdict.said}",),
    )


def _check_names(package: zipfile.ZipFile) -> None:
    infos = package.infolist()
    if len(infos) > MOST_MEMBERS:
        raise UnreadableFileError(f"it holds more than {MOST_MEMBERS:,} files")
    if len({info.filename for info in infos}) != len(infos):
        raise UnreadableFileError("it holds two files of one name")
    for info in infos:
        name = info.filename
        is_outside = name.startswith(("/", "\\")) or ".." in name.replace("\\", "/").split("/") or ":" in name[:2]
        if is_outside or posixpath.normpath(name) != name.rstrip("/"):
            raise UnreadableFileError(f"it holds a name that leads out of it ({name[:100]!r})")
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise UnreadableFileError(f"it holds {name[:100]!r} in a compression other than DEFLATE")
        if info.flag_bits & ENCRYPTED:
            raise UnreadableFileError(f"it holds {name[:100]!r} encrypted")


def _check_sizes(package: zipfile.ZipFile) -> None:
    """Of what the members say of themselves; a member that becomes longer than it says is found when it is read."""
    sizes = [(info.compress_size, info.file_size) for info in package.infolist()]
    packed, size = map(sum, zip(*sizes, strict=True)) if sizes else (0, 0)
    if size > LARGEST_FILE * LONGER:
        raise UnreadableFileError("all that it holds is too large")
    try:
        check_ratio(packed, size, over=RATIO_OF_FILE_FROM)
    except LimitError as error:
        raise UnreadableFileError(str(error)) from error


def _small(package: zipfile.ZipFile, name: str) -> bytes:
    """A description of the package. Raises `UnreadableFileError`."""
    if name not in package.namelist():
        raise UnreadableFileError(f"it has no {name}: it is no WACZ")
    try:
        with package.open(name) as member:
            data = member.read(LARGEST_JSON + 1)
    except BROKEN as error:
        raise UnreadableFileError(f"its {name} is broken") from error
    if len(data) > LARGEST_JSON:
        raise UnreadableFileError(f"its {name} has more than {LARGEST_JSON / 1e6:,.0f} MB")
    return data


def _object(data: bytes, name: str) -> dict[str, Any]:
    try:
        said = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise UnreadableFileError(f"its {name} is not JSON") from error
    if not isinstance(said, dict):
        raise UnreadableFileError(f"its {name} is not a JSON object")
    return said


def _resources(described: bytes) -> dict[str, str]:
    """The digest of each file of the package, as `sha256:` and hexadecimal, by name; two forms are in use."""
    listed = _object(described, PACKAGE).get("resources")
    if not isinstance(listed, list) or not listed:
        raise UnreadableFileError(f"its {PACKAGE} lists no files")
    resources = {}
    for resource in listed:
        if not isinstance(resource, dict) or not isinstance(resource.get("path"), str):
            raise UnreadableFileError(f"its {PACKAGE} lists a file without its path")
        stats = resource.get("stats")
        old = f"{resource.get('hashing')}:{stats.get('hash')}" if isinstance(stats, dict) else ""
        resources[resource["path"]] = str(resource.get("hash") or old).lower()
    return resources


def _verdict(package: zipfile.ZipFile, described: bytes) -> Verdict:
    """What is to be said of the signature. Raises `UnreadableFileError` if it is of something else."""
    if DIGEST not in package.namelist():
        return Verdict("not signed", is_sound=True)
    said = _object(_small(package, DIGEST), DIGEST)
    digest = f"sha256:{hashlib.sha256(described).hexdigest()}"
    if said.get("hash") != digest:
        raise UnreadableFileError(f"its {PACKAGE} was changed: {DIGEST} states another digest")
    signed = said.get("signedData")
    if signed is None:
        return Verdict("not signed", is_sound=True)
    if not isinstance(signed, dict) or signed.get("hash") != digest:
        raise UnreadableFileError("its signature is of another file")
    verdict = verify(signed)
    if verdict.is_forged:
        raise UnreadableFileError(verdict.said)
    return verdict


def _copy(package: zipfile.ZipFile, name: str, stated: str, plain: BinaryIO | None) -> None:
    """Copy a member, or only read it, and compare its digest. Raises `UnreadableFileError`."""
    algorithm, _, value = stated.partition(":")
    if algorithm not in ("sha256", "sha512"):
        raise UnreadableFileError(f"its {PACKAGE} states no SHA-256 of {name[:100]!r}")
    digest, size = hashlib.new(algorithm), 0
    packed = package.getinfo(name).compress_size
    try:
        with package.open(name) as member:
            while piece := member.read(STEP):
                size += len(piece)
                check_ratio(packed, size, over=RATIO_OF_FILE_FROM)
                if size > LARGEST_FILE * LONGER:
                    raise UnreadableFileError(f"{name[:100]!r} in it is too large")
                digest.update(piece)
                if plain is not None:
                    plain.write(piece)
    except (UnreadableFileError, LimitError) as error:
        raise UnreadableFileError(str(error)) from error
    except BROKEN as error:
        raise UnreadableFileError(f"{name[:100]!r} in it is broken") from error
    if digest.hexdigest() != value:
        raise UnreadableFileError(f"{name[:100]!r} in it is not the file whose digest {PACKAGE} states")
