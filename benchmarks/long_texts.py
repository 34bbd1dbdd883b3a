"""`python -m benchmarks.long_texts`: what the import of texts of 10 MB costs, each by a process of its own.

Latin and Arabic, on one line and on many; made words between names of places, so that there is much to find. Prints the
seconds of the processor in the importing process, those by the clock with the database's work, and the peak of memory.
"""

import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from benchmarks.postgres import ROOT, Server, roles

DATABASE = "long_texts"
SIZE = 10_000_000  # bytes
MOST_SECONDS, MOST_MEGABYTES = 20, 300
LETTERS = {"Latin": "abcdefghijklmnopqrstuvwxyz", "Arabic": "ابتثجحخدذرزسشصضطظعغفقكلمنهوي"}
NAMES = {"Latin": ("Idlib", "Saraqib", "Kafranbel,"), "Arabic": ("إدلب", "سراقب", "كفرنبل،")}


class Cost(NamedTuple):
    """Of one import: seconds of the processor and by the clock, megabytes at the peak."""

    processor: float
    clock: float
    peak: float


def text(script: str, size: int, *, is_one_line: bool) -> str:
    """A text of made words of a script, of about ``size`` bytes of UTF-8; every fortieth is the name of a place."""
    chance = random.Random(size)
    letters, names = LETTERS[script], NAMES[script]
    words = ["".join(chance.choices(letters, k=chance.randint(2, 9))) for _ in range(40_000)]
    found: list[str] = []
    written = 0
    while written < size - 20:
        word = chance.choice(names) if len(found) % 40 == 0 else chance.choice(words)
        between = "\n" if len(found) % 60 == 59 and not is_one_line else " "
        found.append(word + between)
        written += len(found[-1].encode())
    return "".join(found)


def measure(path: Path, url: str) -> Cost:
    """Import one file by the command, as a person would."""
    started = time.monotonic()
    command = [sys.executable, "manage.py", "import_articles", str(path)]
    importing = subprocess.Popen(command, cwd=ROOT, env={**os.environ, **roles(url)}, stdout=subprocess.DEVNULL)
    _pid, status, used = os.wait4(importing.pid, 0)
    importing.returncode = os.waitstatus_to_exitcode(status)
    if importing.returncode:
        raise SystemExit(f"{path.name} was not imported.")
    return Cost(used.ru_utime + used.ru_stime, time.monotonic() - started, used.ru_maxrss / 1024)


def main() -> None:
    server = Server()
    server.drop(DATABASE)
    url = server.url(DATABASE)
    for command in (["migrate", "-v0"], ["load_gazetteer"]):
        subprocess.run(
            [sys.executable, "manage.py", *command],
            cwd=ROOT,
            env={**os.environ, **roles(url)},
            stdout=subprocess.DEVNULL,
            check=True,
        )
    print("| text of 10 MB | processor, s | clock, s | peak, MB |\n|---|---|---|---|")
    costs = []
    with tempfile.TemporaryDirectory() as folder:
        for script in LETTERS:
            for is_one_line in (True, False):
                path = Path(folder) / f"{script}-{'one' if is_one_line else 'many'}.txt"
                path.write_text(text(script, SIZE, is_one_line=is_one_line))
                costs.append(measure(path, url))
                lines = "one line" if is_one_line else "many lines"
                print(
                    f"| {script}, {lines} | {costs[-1].processor:.1f} | {costs[-1].clock:.1f} | {costs[-1].peak:.0f} |"
                )
    server.drop(DATABASE)
    if any(cost.clock > MOST_SECONDS or cost.peak > MOST_MEGABYTES for cost in costs):
        raise SystemExit(f"More than {MOST_SECONDS} s or {MOST_MEGABYTES} MB.")


if __name__ == "__main__":
    main()
