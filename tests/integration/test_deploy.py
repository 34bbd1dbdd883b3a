"""What `deploy/` ships: complete, readable by the programs it is for, and what the pages about it say."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import get_commands

BASE = Path(settings.BASE_DIR)
DEPLOY = BASE / "deploy"
UNITS = sorted((DEPLOY / "systemd").iterdir())
SERVICES = [unit for unit in UNITS if unit.suffix == ".service"]
TIMERS = [unit for unit in UNITS if unit.suffix == ".timer"]
INSTALLING = (BASE / "docs" / "installing.md").read_text(encoding="utf-8")
RUNNING = (BASE / "docs" / "running.md").read_text(encoding="utf-8")
ROW = re.compile(r"^\| (`[A-Z0-9_]+`(?:, `[A-Z0-9_]+`)*) \|", re.MULTILINE)
MOST_COMMANDS = 15

sys.path.insert(0, str(DEPLOY))
from trial import page  # noqa: E402 (deploy/ is no package of the site's)


def needs(program: str) -> pytest.MarkDecorator:
    return pytest.mark.skipif(not shutil.which(program), reason=f"{program} is not installed")


def documented() -> set[str]:
    return {name for row in ROW.findall(RUNNING) for name in re.findall(r"`(\w+)`", row)}


def test_every_documented_variable_stands_in_the_example_and_no_other() -> None:
    text = (DEPLOY / "environment.example").read_text(encoding="utf-8")
    named = re.findall(r"^#?([A-Z0-9_]+)=", text, re.MULTILINE)

    assert len(named) == len(set(named))
    assert set(named) == documented() - {"DATABASE_OWNER_URL"}  # which the site must not have


def test_every_variable_that_is_read_is_documented() -> None:
    read = set()
    for path in (*BASE.glob("archive/*.py"), *BASE.glob("archive/depot/*.py"), *BASE.glob("archive/stamping/*.py")):
        text = path.read_text(encoding="utf-8")
        read |= set(re.findall(r'(?:environ\.get|names|flag|value|secret)\((?:environment, )?"([A-Z0-9_]{5,})"', text))

    ours = {"ARCHIVE_STATE_DIR", "ARCHIVE_POSTGRES_DIR", "DEBUG", "CSRF_TRUSTED_ORIGINS"}  # of development
    assert read - ours <= documented()


@needs("systemd-analyze")
def test_units_are_understood_by_systemd(tmp_path: Path) -> None:
    for unit in UNITS:
        text = re.sub(r"/opt/archive/\.venv/bin/\w+", "/bin/true", unit.read_text(encoding="utf-8"))
        (tmp_path / unit.name).write_text(text, encoding="utf-8")

    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *(str(tmp_path / unit.name) for unit in UNITS)],
        capture_output=True,
        text=True,
        check=False,
    )

    ours = [line for line in done.stderr.splitlines() if "archive" in line]
    assert ours == []


@needs("systemd-analyze")
@pytest.mark.parametrize("unit", SERVICES, ids=lambda unit: unit.name)
def test_services_may_do_little(unit: Path) -> None:
    """From 0 (may do nothing) to 100 (anything); what is not hardened has 96."""
    command = ["systemd-analyze", "security", "--offline=yes", "--threshold=25", "--no-pager", str(unit)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-300:] + done.stderr


def test_units_run_commands_that_there_are() -> None:
    known = get_commands()
    said = "\n".join(unit.read_text(encoding="utf-8") for unit in UNITS)
    commands = set(re.findall(r"manage\.py (\w+)", said)) | set(re.findall(r"archive-run@(\w+)\.service", said))

    assert commands <= known.keys()
    assert commands >= {"db_worker", "verify", "backup", "clearsessions", "send_alerts", "forget_reporters"}


def test_every_timer_starts_a_service_and_is_switched_on_by_the_page() -> None:
    services = {unit.name for unit in SERVICES}
    enabled = re.search(r"systemctl enable --now (.+)", INSTALLING)[1].split()
    for timer in TIMERS:
        unit = re.search(r"^Unit=(.+)$", timer.read_text(encoding="utf-8"), re.MULTILINE)[1]
        assert re.sub(r"@\w+", "@", unit) in services, timer.name
        assert timer.name in enabled


@needs("nginx")
def test_the_site_is_understood_by_nginx(tmp_path: Path) -> None:
    subject = ["-subj", "/CN=archive.example", "-keyout", tmp_path / "privkey.pem", "-out", tmp_path / "fullchain.pem"]
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", *subject], check=True, capture_output=True
    )
    site = (DEPLOY / "nginx" / "archive.conf").read_text(encoding="utf-8")
    for path, instead in (
        ("/etc/archive/tls", tmp_path),
        ("/etc/nginx/archive-proxy.conf", DEPLOY / "nginx" / "archive-proxy.conf"),
        ("/var/log/nginx", tmp_path),
    ):
        assert path in site
        site = site.replace(path, str(instead))
    (tmp_path / "site.conf").write_text(site, encoding="utf-8")
    (tmp_path / "nginx.conf").write_text(
        f"pid {tmp_path}/pid;\nevents {{}}\nhttp {{ include {tmp_path}/site.conf; }}\n"
    )

    command = ["nginx", "-t", "-c", str(tmp_path / "nginx.conf"), "-e", str(tmp_path / "error.log")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stderr
    assert "warn" not in done.stderr


def test_the_page_has_few_commands() -> None:
    found = [
        line
        for block in page.blocks(BASE / "docs" / "installing.md")
        if not block.reason
        for line in page.commands(block.text)
    ]
    assert len(found) <= MOST_COMMANDS, found


@pytest.mark.parametrize("name", ["installing", "running"])
def test_every_command_of_a_page_is_run_by_the_trial_or_says_why_not(name: str) -> None:
    """`make installation` runs blocks marked `sh`; no other block may hold commands."""
    text = (BASE / "docs" / f"{name}.md").read_text(encoding="utf-8")
    fences = re.findall(r"^```(\S.*)$", text, re.MULTILINE)

    assert {fence.partition(" ")[0] for fence in fences} <= {"sh", "sql", "text"}
    assert all(fence == "sh" or re.match(r"sh not-run: \S", fence) for fence in fences if fence.startswith("sh"))
    assert len(page.blocks(BASE / "docs" / f"{name}.md")) == sum(fence.startswith("sh") for fence in fences)


@pytest.mark.parametrize("script", ["manage", "upgrade"])
def test_scripts_are_read_by_the_shell(script: str) -> None:
    subprocess.run(["sh", "-n", str(DEPLOY / script)], check=True)


def test_every_command_that_the_pages_name_is_one() -> None:
    said = re.findall(r"(?:deploy/manage|manage\.py) ([a-z_]+)", INSTALLING + RUNNING)

    assert len(set(said)) > 15
    assert set(said) <= get_commands().keys()


def test_every_heading_that_the_page_leads_to_is_there() -> None:
    headings = re.findall(r"^#+ (.+)$", RUNNING, re.MULTILINE)
    anchors = {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}

    assert set(re.findall(r"\]\(#([^)]+)\)", RUNNING)) <= anchors
    assert set(re.findall(r"\]\(running\.md#([^)]+)\)", INSTALLING)) <= anchors
