"""What `deploy/` ships for several machines: understood by the programs it is for, and what `make cluster` runs."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml
from django.conf import settings

from cluster import ports, settings_files

DEPLOY = Path(settings.BASE_DIR) / "deploy"
PAGE = (Path(settings.BASE_DIR) / "docs" / "cluster.md").read_text(encoding="utf-8")


@pytest.mark.skipif(not shutil.which("haproxy", path="/usr/sbin:/usr/bin"), reason="haproxy is not installed")
@pytest.mark.parametrize(
    "text",
    [(DEPLOY / "haproxy" / "archive.cfg").read_text(encoding="utf-8"), settings_files.haproxy([1, 2], [1, 2, 3])],
    ids=["shipped", "on loopback"],
)
def test_haproxy_understands_it(text: str, tmp_path: Path) -> None:
    (tmp_path / "haproxy.cfg").write_text(text, encoding="utf-8")
    command = [shutil.which("haproxy", path="/usr/sbin:/usr/bin"), "-c", "-f", str(tmp_path / "haproxy.cfg")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stderr
    assert "WARNING" not in done.stderr


def test_haproxy_on_loopback_has_each_machine_once() -> None:
    text = settings_files.haproxy([1, 2], [1, 2, 3])

    assert "10.0.0" not in text
    assert re.findall(r"server (\w+) 127\.0\.0\.1:(\d+)", text) == [
        ("web1", str(ports.web(1))),
        ("web2", str(ports.web(2))),
        *((f"db{one}", str(ports.postgres(one))) for one in (1, 2, 3)),
    ]


def test_patroni_keeps_what_was_acknowledged() -> None:
    shipped = yaml.safe_load((DEPLOY / "patroni" / "db1.yml").read_text(encoding="utf-8"))
    ours = yaml.safe_load(settings_files.patroni(2, Path("/folder"), Path("/programs")))
    for one in (shipped, ours):
        rules = one["bootstrap"]["dcs"]
        assert rules["synchronous_mode"] is True
        assert rules["postgresql"]["use_pg_rewind"] is True
        assert rules["loop_wait"] + 2 * rules["retry_timeout"] <= rules["ttl"] <= 30  # editors wait no longer
        assert {who["username"] for who in one["postgresql"]["authentication"].values()} == {
            "postgres",
            "replicator",
            "rewinder",
        }
    assert "10.0.0" not in yaml.safe_dump(ours)


def test_page_names_the_ports_that_are_used() -> None:
    used = [ports.VARNISH, ports.HAPROXY_WEB, ports.HAPROXY_LEADER, ports.ETCD, ports.ETCD_PEERS]
    used += [ports.web(1), ports.web(2), *(port(one) for port in (ports.postgres, ports.patroni) for one in (1, 2, 3))]
    table = PAGE.split("| port on")[1].split("\n\n")[0]

    assert sorted(map(int, re.findall(r"\b2\d{4}\b", table))) == sorted(used)


def test_site_on_loopback_names_every_server() -> None:
    environment = settings_files.environment(Path("/folder"), [1, 2, 3])

    assert environment["REPLICA_URLS"].count("postgresql://archive:") == 3
    assert str(ports.HAPROXY_LEADER) in environment["DATABASE_URL"]
    assert "DATABASE_OWNER_URL" in environment
