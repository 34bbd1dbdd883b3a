"""Several machines on loopback: `make cluster`. Ctrl-C ends all that was started; what was written stays.

`--fresh` begins with nothing. `make cluster-test` kills things and counts (`cluster.trial`).
"""

import argparse
import shutil
import signal
import sys

from cluster import ports
from cluster.machines import FOLDER, Cluster, MissingError


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m cluster", description=__doc__)
    parser.add_argument("--fresh", action="store_true", help="remove what was written before")
    parser.add_argument("--test", action="store_true", help="kill things, and print a table of what came of it")
    parser.add_argument("--write", action="store_true", help="with --test: keep the table in docs/reliability.md")
    parser.add_argument("--keep", action="store_true", help="with --test: go on with what is there")
    parser.add_argument("--only", default="", help="with --test: parts to run, as failover,lag")
    asked = parser.parse_args(arguments)
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):  # SIGINT too: a shell's background job has it ignored
        signal.signal(number, interrupt)
    if asked.fresh or (asked.test and not asked.keep):
        shutil.rmtree(FOLDER, ignore_errors=True)
    try:
        cluster = Cluster([1, 2, 3, 4] if asked.test else [1, 2, 3])
    except MissingError as error:
        say(str(error))
        return 2
    try:
        cluster.start(say)
        if asked.test:
            from cluster import trial  # noqa: PLC0415 (psutil, of the extra `dev`)

            return trial.run(cluster, say, only=asked.only, write=asked.write)
        address = f"http://{ports.HOST}:{ports.VARNISH}"
        say(f"Readers: {address}/   Editors: {address}/admin/   Logs: {FOLDER}/logs   Ctrl-C ends it.")
        signal.pause()
    except MissingError as error:
        say(str(error))
        return 2
    except KeyboardInterrupt:
        say("\nStopping …")
    finally:
        cluster.end()
    return 0


def interrupt(*_: object) -> None:
    raise KeyboardInterrupt


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
