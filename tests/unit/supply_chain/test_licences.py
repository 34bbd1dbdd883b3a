import tomllib

import pytest

from supply_chain import licences, locks

RULES = tomllib.loads(licences.RULES.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("said", "is_allowed"),
    [
        ("MIT", True),
        ("Apache Software License; BSD License", True),
        ("MPL-1.1 OR GPL-2.0-only OR LGPL-2.1-or-later", True),  # at choice
        ("MPL-2.0 AND MIT", True),
        ("BSD-3-Clause and Public-Domain", True),
        ("MIT AND AGPL-3.0-only", False),
        ("Other/Proprietary License", False),
        ("UNKNOWN", False),
    ],
)
def test_licences_are_allowed_by_name(said: str, is_allowed: bool) -> None:
    rules = {**RULES, "packages": {}}
    assert list(licences.faults({"a-package": said}, rules)) == [] or not is_allowed
    assert licences.is_allowed(licences.read("a-package", said, rules), RULES["allowed"]) is is_allowed


def test_a_package_that_went_is_named() -> None:
    (fault, *_) = licences.faults({}, {**RULES, "packages": {"gone": {"licence": "MIT", "why": "It was."}}})
    assert fault.startswith("gone stands in")


def test_each_licence_and_each_package_has_a_reason() -> None:
    assert all(RULES["allowed"].values())
    assert all(one["why"] for one in RULES["packages"].values())
    assert RULES["packages"].keys() <= {pin.name for name in licences.RUNNING for pin in locks.pins(name)}
