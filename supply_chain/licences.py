"""List the licences of what an installation runs with; exits with 1 for one that nobody has looked at.

`supply_chain/licences.toml` holds those that are allowed, each with its reason. Where a package gives a choice, one
allowed licence is enough; where it consists of several, each must be.
"""

import json
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from supply_chain import locks

RULES = Path(__file__).with_name("licences.toml")
RUNNING = ("build", "run", "embedded", "metrics", "s3")


def main() -> int:
    rules = tomllib.loads(RULES.read_text(encoding="utf-8"))
    told = licences_of(running())
    wrong = list(faults(told, rules))
    for name, licence in sorted(told.items()):
        print(f"{name:<28} {read(name, licence, rules)}")
    for line in wrong:
        print(f"WRONG: {line}")
    print(f"{len(told)} packages, {len(wrong)} with a licence that nobody has allowed.")
    return 1 if wrong else 0


def running() -> dict[str, str]:
    """Return name and version of what is installed here for running, with all that can be added."""
    return {pin.name: pin.version for name in RUNNING for pin in locks.pins(name) if pin.is_meant_here}


def licences_of(packages: Mapping[str, str]) -> dict[str, str]:
    """Return what each package says of itself, by pip-licenses; raises `SystemExit` where one is not installed."""
    command = [str(Path(sys.executable).with_name("pip-licenses")), "--from=mixed", "--format=json", "--with-system"]
    said = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    found = {str(locks.canonicalize_name(one["Name"])): one["License"] for one in said}
    if missing := packages.keys() - found.keys():
        raise SystemExit(f"not installed: {', '.join(sorted(missing))}. Run make licences.")
    return {name: found[name] for name in packages}


def read(name: str, said: str, rules: Mapping[str, Any]) -> str:
    """Return the licence as an expression of SPDX, as far as it is known."""
    if known := rules["packages"].get(name):
        return str(known["licence"])
    return " OR ".join(rules["said"].get(one.strip(), one.strip()) for one in said.split(";"))


def faults(told: Mapping[str, str], rules: Mapping[str, Any]) -> Iterator[str]:
    for name, said in sorted(told.items()):
        if not is_allowed(read(name, said, rules), rules["allowed"]):
            yield f"{name}: {said}. Allow it in {RULES.name} with the reason, or do without the package."
    for name in sorted(rules["packages"].keys() - told.keys()):
        yield f"{name} stands in {RULES.name} and is not installed"


def is_allowed(expression: str, allowed: Mapping[str, str]) -> bool:
    parts = (re.split(r" and ", choice, flags=re.IGNORECASE) for choice in expression.split(" OR "))
    return any(all(one.strip() in allowed for one in choice) for choice in parts)


if __name__ == "__main__":
    sys.exit(main())
