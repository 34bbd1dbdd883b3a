"""Write the bill of materials of an installation, as CycloneDX 1.6: `make sbom` → sbom.cdx.json, with each release.

cyclonedx-py reads what is installed; what only developers have is left out. The rest is validated again.
"""

import json
import subprocess
import sys
from collections.abc import Collection
from pathlib import Path
from typing import Any

from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

from supply_chain import licences, locks

TARGET = locks.ROOT / "sbom.cdx.json"


def main() -> int:
    command = [str(Path(sys.executable).with_name("cyclonedx-py")), "environment", "--pyproject", "pyproject.toml"]
    command += ["--output-reproducible", "--sv", "1.6", "--of", "JSON", sys.executable]
    said = subprocess.run(command, cwd=locks.ROOT, check=True, capture_output=True, text=True).stdout
    bom = json.dumps(only(json.loads(said), licences.running()), indent=1) + "\n"
    if error := JsonStrictValidator(SchemaVersion.V1_6).validate_str(bom):
        raise SystemExit(f"The bill of materials is not valid: {error}")
    TARGET.write_text(bom, encoding="utf-8")
    print(f"{TARGET.name}: {len(json.loads(bom)['components'])} components, valid CycloneDX 1.6")
    return 0


def only(bom: dict[str, Any], names: Collection[str]) -> dict[str, Any]:
    """Return the bill with these packages alone, and what depends on what among them."""
    kept = [one for one in bom["components"] if locks.canonicalize_name(one["name"]) in names]
    refs = {one["bom-ref"] for one in kept} | {bom["metadata"]["component"]["bom-ref"]}
    needs = [
        {**one, **({"dependsOn": [ref for ref in one["dependsOn"] if ref in refs]} if "dependsOn" in one else {})}
        for one in bom["dependencies"]
        if one["ref"] in refs
    ]
    return {**bom, "components": kept, "dependencies": needs}


if __name__ == "__main__":
    sys.exit(main())
