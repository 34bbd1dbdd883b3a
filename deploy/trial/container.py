"""A clean Debian 12 with its own systemd, in a container that shares the network of this machine."""

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

SUITE = "bookworm"
PORTS = (80, 443, 5432, 8000)
SECONDS = 120
MARK = "end-of-block"
# How this machine reaches its package index: given to the container as it is, part of no file of the archive.
OF_PIP = ("/etc/pip.conf", "/etc/xdg/pip")
AUTHORITIES = Path("/etc/ssl/certs/ca-certificates.crt")  # that this machine believes, its own index among them


def missing() -> str:
    """Say what lacks for a container; nothing where all is there."""
    if os.geteuid():
        return "it needs root."
    for program, package in (("debootstrap", "debootstrap"), ("systemd-nspawn", "systemd-container")):
        if not shutil.which(program):
            return f"{program} is missing (apt-get install {package})."
    for port in PORTS:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                return f"port {port} is taken on this machine, and the container shares its network."
    return ""


def unpack(root: Path, base: Path | None) -> None:
    """Make the Debian, from the tar ``base`` if it is there."""
    root.mkdir()
    if base and base.exists():
        subprocess.run(["tar", "-xf", str(base), "-C", str(root)], check=True)
        return
    wanted = "--include=systemd-sysv,dbus,adduser"
    command = ["debootstrap", "--variant=minbase", wanted, SUITE, str(root)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    listed = root / "etc/apt/sources.list"
    usual = listed.read_text().split()[1]  # debootstrap's own: "deb address suite main"
    for suite in (f"{SUITE}-updates", f"{SUITE}-security"):
        mirror = f"{usual}-security" if suite.endswith("security") else usual
        with listed.open("a") as sources:
            sources.write(f"deb {mirror} {suite} main\n")
    if base:
        subprocess.run(["tar", "-cf", str(base), "-C", str(root), "."], check=True)


def publish(source: Path, repository: Path) -> None:
    """Put what is committed where an administrator can clone it, and pull from it later."""
    subprocess.run(["git", "clone", "--quiet", "--bare", str(source), str(repository)], check=True)
    subprocess.run(["git", "-C", str(repository), "branch", "--force", "trial", "HEAD"], check=True)
    subprocess.run(["git", "-C", str(repository), "symbolic-ref", "HEAD", "refs/heads/trial"], check=True)


def shared() -> list[str]:
    """Options that let `pip` in the container find what it finds here."""
    told = subprocess.run(["pip", "config", "list"], capture_output=True, text=True, check=False).stdout
    words = told.replace("'", " ").replace("file://", " ").split()
    folders = {f"/{Path(word).parts[1]}/{Path(word).parts[2]}" for word in words if word.startswith("/opt/")}
    return [f"--bind-ro={path}" for path in sorted((*OF_PIP, *folders)) if Path(path).exists()]


@contextlib.contextmanager
def booted(root: Path) -> Iterator["Machine"]:
    """Boot it, wait until it is up, stop it at the end."""
    if AUTHORITIES.exists():
        shutil.copy(AUTHORITIES, root / "root" / "authorities.crt")
    command = ["systemd-nspawn", "--quiet", f"--directory={root}", "--register=no", "--keep-unit", "--boot"]
    command += ["--console=pipe", "--resolv-conf=copy-host", "--hostname=archive", *shared()]
    with (root.parent / "boot.log").open("w") as log:
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
    try:
        machine = Machine(root, leader_of(process))
        machine.wait()
        yield machine
    finally:
        with contextlib.suppress(UnboundLocalError):
            subprocess.run(machine.enter("systemctl", "poweroff", "--force"), check=False, capture_output=True)
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(60)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def leader_of(process: subprocess.Popen[bytes]) -> int:
    """The first process of the container, once it is there."""
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    deadline = time.monotonic() + SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise SystemExit("The container did not start: see boot.log.")
        if found := children.read_text().split():
            return int(found[0])
        time.sleep(0.2)
    raise SystemExit("The container did not start in time.")


@dataclass(frozen=True)
class Machine:
    root: Path
    leader: int

    def enter(self, *command: str, **environment: str) -> list[str]:
        pip = [f"{key}={value}" for key, value in os.environ.items() if key.startswith("PIP_")]
        if (self.root / "root" / "authorities.crt").exists():
            pip.append("PIP_CERT=/root/authorities.crt")
        given = [*pip, *(f"{key}={value}" for key, value in environment.items())]
        base = ["PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "HOME=/root", "LANG=C.UTF-8"]
        base.append("DEBIAN_FRONTEND=noninteractive")
        return ["nsenter", "-t", str(self.leader), "-a", "env", "-i", *base, *given, *command]

    def wait(self) -> None:
        deadline = time.monotonic() + SECONDS
        while time.monotonic() < deadline:
            said = subprocess.run(
                self.enter("systemctl", "is-system-running"), capture_output=True, text=True, check=False
            )
            if said.stdout.strip() in ("running", "degraded"):
                return
            time.sleep(0.5)
        raise SystemExit(f"The container is not up: {said.stdout}{said.stderr}")

    def shell(self, **environment: str) -> "Shell":
        return Shell(self, environment)


@dataclass
class Shell:
    """One shell, in which block after block is run, as an administrator would."""

    machine: Machine
    environment: dict[str, str]
    said: str = ""
    process: subprocess.Popen[str] = field(init=False)

    def __post_init__(self) -> None:
        self.process = subprocess.Popen(
            self.machine.enter("bash", "-e", **self.environment),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def run(self, text: str) -> str:
        """Run commands and return what they print; raises SystemExit with it if one of them fails."""
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(f"{{ {text}\n}} </dev/null\necho {MARK} $?\n")
        self.process.stdin.flush()
        lines = []
        for line in self.process.stdout:
            if line.startswith(MARK):
                if line != f"{MARK} 0\n":
                    break
                self.said += "".join(lines)
                return "".join(lines)
            lines.append(line)
        raise SystemExit("".join(lines) + f"\nFailed: {text}")
