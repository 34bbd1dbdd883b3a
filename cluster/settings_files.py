"""The files that `deploy/` ships, with the addresses of this machine: what is tried is what is installed."""

import os
from pathlib import Path

import yaml

from cluster import ports

ROOT = Path(__file__).resolve().parent.parent
DEPLOY = ROOT / "deploy"
PASSWORD = "loopback"  # noqa: S105 (nothing but this machine reaches these servers)


def patroni(number: int, folder: Path, programs: Path) -> str:
    """Return the settings of one server of the database: those of deploy/patroni, one etcd, no second machine."""
    settings = yaml.safe_load((DEPLOY / "patroni" / "db1.yml").read_text(encoding="utf-8"))
    rest, database = f"{ports.HOST}:{ports.patroni(number)}", f"{ports.HOST}:{ports.postgres(number)}"
    settings["name"] = f"db{number}"
    settings["restapi"] = {"listen": rest, "connect_address": rest}
    settings["etcd3"] = {"host": f"{ports.HOST}:{ports.ETCD}"}
    ours = settings["postgresql"]
    ours |= {"listen": database, "connect_address": database, "bin_dir": str(programs)}
    ours |= {"data_dir": str(folder / f"db{number}"), "pgpass": str(folder / f"pgpass{number}")}
    ours["parameters"] = {"unix_socket_directories": str(folder), "fsync": "on"}
    ours["pg_hba"] = ["local all all trust", f"host replication all {ports.HOST}/32 scram-sha-256"]
    ours["pg_hba"].append(f"host all all {ports.HOST}/32 scram-sha-256")
    for who in ours["authentication"].values():
        who["password"] = PASSWORD
    settings["bootstrap"]["dcs"]["postgresql"]["parameters"] |= {"wal_keep_size": "128MB", "shared_buffers": "64MB"}
    return str(yaml.safe_dump(settings))


def haproxy(web: list[int], databases: list[int]) -> str:
    text = (DEPLOY / "haproxy" / "archive.cfg").read_text(encoding="utf-8")
    kept = [line for line in text.splitlines() if not line.strip().startswith(("server ", "user ", "group "))]
    text = "\n".join([*kept, ""]).replace("127.0.0.1:8080", f"{ports.HOST}:{ports.HAPROXY_WEB}")
    text = text.replace("127.0.0.1:5000", f"{ports.HOST}:{ports.HAPROXY_LEADER}")
    before, leader = text.split("listen leader")
    head, web_machines = before.split("# --- The leader")
    head += "".join(f"    server web{one} {ports.HOST}:{ports.web(one)} check\n" for one in web)
    leader += "".join(
        f"    server db{one} {ports.HOST}:{ports.postgres(one)} check port {ports.patroni(one)}\n" for one in databases
    )
    return f"{head}\n# --- The leader{web_machines}listen leader{leader}"


def varnish() -> str:
    text = (DEPLOY / "varnish" / "archive.vcl").read_text(encoding="utf-8")
    return text.replace('.port = "8000"', f'.port = "{ports.HAPROXY_WEB}"')


def environment(folder: Path, databases: list[int]) -> dict[str, str]:
    """The variables of the site, on all of its machines the same."""
    address = f"{ports.HOST}:{ports.HAPROXY_LEADER}/archive"
    unset = ("ARCHIVE_ENV", "CAPTURES_S3_BUCKET", "EMAIL_URL", "ARCHIVE_POSTGRES_DIR")
    return {
        **{name: value for name, value in os.environ.items() if name not in unset},
        "DATABASE_URL": f"postgresql://archive:{PASSWORD}@{address}",
        "DATABASE_OWNER_URL": f"postgresql://archive_owner:{PASSWORD}@{address}",
        "REPLICA_URLS": ",".join(
            f"postgresql://archive:{PASSWORD}@{ports.HOST}:{ports.postgres(one)}/archive" for one in databases
        ),
        "CACHE_PURGE_URLS": f"http://{ports.HOST}:{ports.VARNISH}/",
        "SITE_URL": f"http://{ports.HOST}:{ports.VARNISH}",
        "SECRET_KEY": "a key of the cluster on loopback alone, the same on each of its machines",
        "BEHIND_PROXY": "yes",
        "CAPTURES_DIR": str(folder / "captures"),
        "ARCHIVE_STATE_DIR": str(folder / "state"),
        "LOG_LEVEL": "WARNING",
        "PYTHONUNBUFFERED": "1",
    }
