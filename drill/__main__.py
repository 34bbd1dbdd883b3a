"""Destroy, restore, compare: `make drill`. Exits with 1 if anything is not as it was; `--write` keeps the figures.

The demonstration is loaded into a PostgreSQL of its own and backed up (encrypted, where `age` is installed). Database
and captures are removed and restored, every table and every permalink compared. Then the same database goes back to a
moment by continuous archiving.
"""

import argparse
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from drill import point_in_time
from drill.installation import ROOT, Installation, wait_until_stopped
from drill.report import REPORT, keep

LEAST = 500  # permalinks
# Restoring looks at everything and says so: a row, and a line of the log.
TOLD_BY_RESTORING = {"public.archive_verification", "public.archive_custodyevent"}
# The row that tells of the backup is written once the file is there.
TOLD_BY_BACKING_UP = {"public.archive_backup"}


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m drill", description=__doc__)
    parser.add_argument("--write", action="store_true", help=f"write the figures into {REPORT.relative_to(ROOT)}")
    asked = parser.parse_args(arguments)
    folder = Path(tempfile.mkdtemp(prefix="drill-"))
    folder.chmod(0o755)
    try:
        rows, wrong = drill(folder)
    finally:
        wait_until_stopped(folder / "postgres")
        shutil.rmtree(folder, ignore_errors=True)
    width = max(len(name) for name, _ in rows)
    for name, figure in rows:
        say(f"{name:<{width}}  {figure}")
    for line in wrong:
        say(f"WRONG: {line}")
    if asked.write and not wrong:
        keep("drill", rows)
    return 1 if wrong else 0


def drill(folder: Path) -> tuple[list[tuple[str, str]], list[str]]:
    site, file = Installation(folder), folder / "archive.backup"
    say("Loading the demonstration …")
    site.manage("serve_demonstration", "--prepare-only")
    site.manage("make_release", "--note", "Before the drill.")
    say("Asking for permalinks …")
    pages = site.ask("drill.walk")
    moving = differing(pages, site.ask("drill.walk"))  # they say when they were asked: forms, files with their hour
    pages = {address: answer for address, answer in pages.items() if address not in moving}
    tables = site.ask("drill.digests")  # reading lists keeps what was found: after it before, before it after
    recipients, identity = keys(folder)
    say("Backing up …")
    _, backing_up = site.manage("backup", str(file), *recipients)
    captures = sum(1 for one in site.captures.rglob("*") if one.is_file())
    say("Destroying …")
    site.destroy()
    say("Restoring …")
    said, restoring = site.manage("restore", str(file), *identity)
    say(said)
    say("Comparing …")
    tables_after, pages_after = site.ask("drill.digests"), site.ask("drill.walk")
    other_pages = differing(pages, pages_after) - moving
    other_tables = differing(tables, tables_after)
    wrong = [f"table {name}" for name in sorted(other_tables - TOLD_BY_RESTORING - TOLD_BY_BACKING_UP)]
    wrong += [f"{address} answers otherwise" for address in sorted(other_pages) if not tells_of_looking(address)]
    if len(pages) < LEAST:
        wrong.append(f"only {len(pages)} permalinks")
    wait_until_stopped(site.postgres)
    say("Going back to a moment …")
    began = time.monotonic()
    moments, base = point_in_time.drill(site.postgres, folder)
    wrong += [f"{name}: {figure}" for name, figure in moments if figure in ("MISSING", "STILL THERE")]
    say("Verifying what came back …")
    Installation(folder, {"ARCHIVE_POSTGRES_DIR": str(base)}).manage("verify", "--all")
    wait_until_stopped(base)
    return [
        ("backup", f"{file.stat().st_size / 1e6:.1f} MB, {backing_up:.1f} s, {'age' if identity else 'not encrypted'}"),
        ("files beside the database", f"{captures}"),
        ("restore, with everything compared and verified", f"{restoring:.1f} s"),
        ("tables as they were", f"{len(tables) - len(other_tables)} of {len(tables)}"),
        (
            "tables that tell of the drill itself",
            ", ".join(sorted(one.removeprefix("public.") for one in other_tables)),
        ),
        ("permalinks as they were, to the byte", f"{len(pages) - len(other_pages)} of {len(pages)}"),
        ("the others: pages of copies, which tell when they were last verified", f"{len(other_pages)}"),
        ("left out: answer otherwise each time they are asked, before the drill too", f"{len(moving)}"),
        *moments,
        ("verified after going back", f"nothing differs ({time.monotonic() - began:.0f} s in all)"),
    ], wrong


def keys(folder: Path) -> tuple[list[str], list[str]]:
    """Options that encrypt and decrypt, with a new key of age; none where it is not installed."""
    if not (shutil.which("age") and shutil.which("age-keygen")):
        return [], []
    key = folder / "key"
    subprocess.run(["age-keygen", "-o", str(key)], check=True, capture_output=True)
    recipient = key.read_text().split("public key: ")[1].split()[0]
    return ["--recipient", recipient], ["--identity", str(key)]


def differing(before: dict[str, list[str]], after: dict[str, list[str]]) -> set[str]:
    return {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}


def tells_of_looking(address: str) -> bool:
    """Whether a page says when copies were last looked at: restoring does that."""
    return address.removeprefix("/ar").startswith("/captures/")


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
