from pathlib import Path

from archive import safety
from benchmarks import processes


def test_site_that_is_measured_starts_as_in_production():
    environment = processes.production("postgresql://postgres:@127.0.0.1:5432/measured", Path("home"), 8080)

    assert list(safety.unmet(environment)) == []
    assert environment["ALLOWED_HOSTS"] == "127.0.0.1"
