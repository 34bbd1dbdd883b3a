"""Keep what an archive of this version holds: `make version-data`, once, when a version is tagged.

The demonstration is loaded into a PostgreSQL of its own, with a small gazetteer, and backed up; the digests of
migrations are written beside. `tests/integration/test_earlier_versions.py` restores each file by the newest software
for ever, so a file is never made again. It holds texts of our own alone, and accounts that nobody can sign in to.
"""

import gzip
import json
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from archive.software import version
from drill.installation import ROOT, Installation, wait_until_stopped

KEPT = ROOT / "tests" / "stored" / "versions"
MIGRATIONS = KEPT.parent / "migrations.sha256"
GAZETTEER = ROOT / "fixtures" / "gazetteer" / "syria.jsonl.gz"
DEMONSTRATION = ROOT / "fixtures" / "demonstration"
PCODE = re.compile(r"\b(?:SY\d{2,6}|[CN]\d{4})\b")
LARGEST = 1_000_000  # bytes
NOBODY = (
    "from archive.models import User; users = list(User.objects.all()); "
    "[one.set_unusable_password() for one in users]; User.objects.bulk_update(users, ['password'])"
)
# As `manage.py backup` does, but without the settings, which name folders of this machine.
BACK_UP = (
    "from pathlib import Path; from archive.backing_up.writing import back_up; "
    "back_up(Path('{file}'), recipients=[], environment={{}})"
)
EDITIONS = (
    "import json; from incidents.models import Edition; "
    "print(json.dumps({f'{code}/v{number}': sha256 for code, number, sha256 in "
    "Edition.objects.order_by('incident__code', 'number').values_list('incident__code', 'number', 'sha256')}))"
)


def main() -> int:
    target = KEPT / f"{version()}.backup.gz"
    if target.exists():
        sys.exit(f"{target.relative_to(ROOT)} is there: what a version held is never made again.")
    folder = Path(tempfile.mkdtemp(prefix="version-data-"))
    folder.chmod(0o755)
    try:
        editions = make(Installation(folder), folder)
    finally:
        wait_until_stopped(folder / "postgres")
    packed = gzip.compress((folder / "made.backup").read_bytes(), mtime=0)
    if len(packed) > LARGEST:
        sys.exit(f"{len(packed):,} bytes are more than belongs into a repository.")
    KEPT.mkdir(exist_ok=True)
    target.write_bytes(packed)
    (KEPT / f"{version()}.json").write_text(json.dumps(editions, indent=1) + "\n", encoding="utf-8")
    MIGRATIONS.write_text("".join(migrations()), encoding="utf-8")
    shutil.rmtree(folder, ignore_errors=True)
    sys.stdout.write(f"{target.relative_to(ROOT)}: {len(packed):,} bytes, {len(editions)} editions\n")
    return 0


def make(site: Installation, folder: Path) -> dict[str, str]:
    """Fill an archive and back it up into ``made.backup``; return the SHA-256 of each of its editions."""
    places = folder / "syria.jsonl.gz"
    places.write_bytes(gzip.compress("".join(few_places()).encode(), mtime=0))
    for command in (
        ["migrate", "--verbosity=0"],
        ["load_gazetteer", str(places)],
        ["load_vocabularies"],
        ["import_articles", str(DEMONSTRATION / "articles")],
        ["load_curation", str(DEMONSTRATION / "curation.json")],
        ["import_articles", str(DEMONSTRATION / "captures" / "mhambil-barrel-bombs-july-2019-changed.warc")],
        ["make_release", "--note", "What this version held."],
        ["shell", "--no-imports", "-c", NOBODY],
    ):
        site.manage(*command)
    editions: dict[str, str] = json.loads(site.manage("shell", "--no-imports", "-c", EDITIONS)[0])
    site.manage("shell", "--no-imports", "-c", BACK_UP.format(file=folder / "made.backup"))
    return editions


def migrations() -> Iterator[str]:
    """Yield a line for each migration: tagged with a version, it is never edited (`tests/unit/test_migrations.py`)."""
    for app in ("archive", "incidents"):
        for path in sorted((ROOT / app / "migrations").glob("0*.py")):
            yield f"{sha256(path.read_bytes()).hexdigest()}  {path.relative_to(ROOT)}\n"


def few_places() -> list[str]:
    """Return the lines of the gazetteer that the demonstration's incidents name, with all that is above them."""
    lines = gzip.decompress(GAZETTEER.read_bytes()).decode().splitlines(keepends=True)
    by_code = {place["pcode"]: place for place in map(json.loads, lines)}
    wanted: set[str] = set()
    for code in PCODE.findall((DEMONSTRATION / "curation.json").read_text(encoding="utf-8")):
        above: str | None = code
        while above in by_code:
            wanted.add(above)
            above = by_code[above]["parent"]
    return [line for line in lines if json.loads(line)["pcode"] in wanted]


if __name__ == "__main__":
    sys.exit(main())
