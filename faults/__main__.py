"""Do what goes wrong, and count what came of it: `make faults`. Exits with 1 unless every count is 0.

`--short` tries everything a few times; `--write` keeps the table in docs/reliability.md.
"""

import argparse
import random
import shutil
import sys
import tempfile
import time
from pathlib import Path

from drill.installation import wait_until_stopped
from drill.report import REPORT, keep
from faults.result import HEAD, Result
from faults.sites import Site, opened

SHORT = {"tries": 1, "requests": 200, "clients": 40, "minutes": 0.1}


def main(arguments: list[str]) -> int:
    asked = parsed(arguments)
    folder = asked.folder or Path(tempfile.mkdtemp(prefix="faults-"))
    folder.mkdir(exist_ok=True)
    folder.chmod(0o755)
    results: list[Result] = []
    try:
        with opened(folder) as site:
            for result in chosen(site, asked):
                results.append(result)
                say("  ".join(one for one in result.cells if one))
                for line in result.found:
                    say(f"  WRONG: {line}")
    finally:
        wait_until_stopped(folder / "postgres")
        if not asked.folder:
            shutil.rmtree(folder, ignore_errors=True)
    is_well = bool(results) and all(one.is_well for one in results)
    if asked.write:
        keep("faults", [one.cells for one in results], head=HEAD, note=", shared with other programs")
    return 0 if is_well else 1


def parsed(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m faults", description=__doc__)
    parser.add_argument("--tries", type=int, default=50, help="of each thing that is killed (50)")
    parser.add_argument("--requests", type=int, default=100_000, help="that are made up (100,000)")
    parser.add_argument("--clients", type=int, default=200, help="that are slow (200)")
    parser.add_argument("--minutes", type=float, default=120.0, help="of mixed load (120)")
    parser.add_argument("--seed", type=int, default=None, help="of all that is random")
    parser.add_argument("--folder", type=Path, help="where the trials lie; it is kept, and used again")
    parser.add_argument("--only", default="", help="parts to run, as kills,network")
    parser.add_argument("--short", action="store_true", help="everything, a few times")
    parser.add_argument("--write", action="store_true", help=f"keep the table in docs/{REPORT.name}")
    asked = parser.parse_args(arguments)
    if asked.short:
        vars(asked).update(SHORT)
    if asked.seed is None:
        asked.seed = int(time.time())
    return asked


def chosen(site: Site, asked: argparse.Namespace):
    """Yield the result of each part that was asked for."""
    from faults.parts import PARTS  # noqa: PLC0415 (after the settings)

    say(f"seed {asked.seed}")
    for name, part in PARTS.items():
        if not asked.only or name in asked.only.split(","):
            say(f"{name} …")
            yield from part(site, asked, random.Random(asked.seed))


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
