"""A demonstration of its own, with a PostgreSQL and a storage of captures in one folder."""

import json
import os
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
UNSET = ("DATABASE_URL", "DATABASE_OWNER_URL", "ARCHIVE_ENV", "CAPTURES_S3_BUCKET", "EMAIL_URL")
INSIDE = 1_000  # bytes: of the demonstration's captures some lie in the database, some beside it


@dataclass
class Installation:
    """``changes`` are variables of the environment beside those that say where it lies."""

    folder: Path
    changes: dict[str, str] = field(default_factory=dict)

    @property
    def postgres(self) -> Path:
        return self.folder / "postgres"

    @property
    def captures(self) -> Path:
        return self.folder / "captures"

    @property
    def environment(self) -> dict[str, str]:
        return {
            **{name: value for name, value in os.environ.items() if name not in UNSET},
            "ARCHIVE_POSTGRES_DIR": str(self.postgres),
            "ARCHIVE_STATE_DIR": str(self.folder / "state"),
            "CAPTURES_DIR": str(self.captures),
            "CAPTURES_INSIDE_BYTES": str(INSIDE),
            "SECRET_KEY": "a key of the drill alone, the same before and after it, long enough",
            **self.changes,
        }

    def manage(self, *command: str) -> tuple[str, float]:
        """Run a command of manage.py; return what it printed, and the seconds that it took."""
        return self.run(sys.executable, "manage.py", *command)

    def ask(self, module: str) -> dict[str, list[str]]:
        """Run one of this package's own modules there; return the JSON that it prints."""
        said: dict[str, list[str]] = json.loads(self.run(sys.executable, "-m", module)[0])
        return said

    def run(self, *command: str) -> tuple[str, float]:
        began = time.monotonic()
        done = subprocess.run(command, cwd=ROOT, env=self.environment, capture_output=True, text=True, check=False)
        if done.returncode:
            sys.exit(f"{' '.join(command)} ended with {done.returncode}:\n{done.stdout[-2000:]}\n{done.stderr[-2000:]}")
        return done.stdout, time.monotonic() - began

    def destroy(self) -> None:
        """Remove the database and the captures, after the server has stopped, which it does without its users."""
        wait_until_stopped(self.postgres)
        shutil.rmtree(self.postgres)
        shutil.rmtree(self.captures)


def wait_until_stopped(data: Path, *, seconds: int = 120) -> None:
    deadline = time.monotonic() + seconds
    while (data / "postmaster.pid").exists():
        if time.monotonic() > deadline:
            sys.exit(f"The server of {data} does not stop.")
        time.sleep(0.2)
