"""The corpora: written once by the generator that lies beside the repository, a smaller one being its beginning."""

import subprocess
import sys
from pathlib import Path

SUFFIXES = {"articles": ".jsonl", "incidents": ".csv"}


def written(shared: Path, home: Path, what: str, rows: int) -> Path:
    """Return a file of at least so many rows; `what` is `articles` or `incidents`."""
    home.mkdir(parents=True, exist_ok=True)
    path = home / f"{what}-{rows}{SUFFIXES[what]}"
    if not path.exists():
        making = path.with_suffix(".making")
        with making.open("wb") as out:
            subprocess.run([sys.executable, shared / "bench" / "corpus.py", what, str(rows)], stdout=out, check=True)
        making.rename(path)
    return path
