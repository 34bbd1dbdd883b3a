"""Which exact packages are installed: `requirements/*.txt`, each version with the SHA-256 of its files.

A file holds what its set needs beyond the sets below it; pip is given all of these files (`files_for`) and installs
nothing else.
"""

import re
import tomllib
from pathlib import Path

from packaging.markers import Marker
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "requirements"
# Each set with those below it. `build` is what makes a package of this folder; `run` is what every installation has.
BELOW: dict[str, tuple[str, ...]] = {
    "build": (),
    "run": ("build",),
    "embedded": ("build", "run"),
    "metrics": ("build", "run"),
    "s3": ("build", "run"),
    "dev": ("build", "run", "embedded", "metrics", "s3"),
    "mutation": ("build", "run", "embedded", "metrics", "s3", "dev"),
    "pages": ("build", "run", "embedded", "metrics", "s3", "dev"),
    "supply": ("build", "run", "embedded", "metrics", "s3", "dev"),
}
ENTRY = re.compile(
    r"(?P<name>[A-Za-z0-9._-]+)==(?P<version>[^ ;\\]+)(?: ; (?P<marker>[^\\]+?))?"
    r"(?: \\\n +--hash=sha256:[0-9a-f]{64})+"
)


class Pin(str):
    """One entry of a file: name, version, marker, hashes, as it is written."""

    @property
    def parts(self) -> re.Match[str]:
        found = ENTRY.fullmatch(self)
        if not found:
            raise ValueError(f"no pinned requirement with hashes: {self[:80]!r}")
        return found

    @property
    def name(self) -> str:
        return str(canonicalize_name(self.parts["name"]))

    @property
    def version(self) -> str:
        return self.parts["version"]

    @property
    def is_meant_here(self) -> bool:
        """Whether it is installed on this machine."""
        marker = self.parts["marker"]
        return not marker or Marker(marker).evaluate()


def pins(name: str) -> list[Pin]:
    """Return what the file of a set holds; raises `ValueError` for a line that is neither comment nor pin."""
    return read((FOLDER / f"{name}.txt").read_text(encoding="utf-8"))


def read(text: str) -> list[Pin]:
    entries = re.split(r"\n(?=\S)", "\n".join(line for line in text.splitlines() if line[:1] not in ("", "#")))
    found = [Pin(entry) for entry in entries if entry]
    for pin in found:
        pin.parts  # noqa: B018 (raises)
    return found


def files_for(name: str) -> list[str]:
    """Return the sets whose files are installed for one, from the lowest."""
    return [*BELOW[name], name]


def everything() -> dict[str, Pin]:
    return {pin.name: pin for name in BELOW for pin in pins(name)}


def asked_for() -> dict[str, list[Requirement]]:
    """Return what `pyproject.toml` asks for by set, without what it says of itself."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    extras = project["project"]["optional-dependencies"]
    said = {"build": project["build-system"]["requires"], "run": project["project"]["dependencies"], **extras}
    own = canonicalize_name(project["project"]["name"])
    read_in = {name: [Requirement(line) for line in lines] for name, lines in said.items()}
    return {name: [one for one in lines if canonicalize_name(one.name) != own] for name, lines in read_in.items()}
