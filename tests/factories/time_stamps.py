"""A time-stamp authority of the tests' own, made by `openssl ts`, and a server on loopback that asks it."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

CONFIGURATION = """
[req]
distinguished_name = name
[name]
[root]
basicConstraints = critical,CA:true
keyUsage = critical,keyCertSign
subjectKeyIdentifier = hash
[authority]
basicConstraints = critical,CA:false
keyUsage = critical,digitalSignature
extendedKeyUsage = critical,timeStamping
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
[tsa]
default_tsa = config
[config]
serial = {folder}/serial
signer_cert = {folder}/authority.pem
signer_key = {folder}/authority.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
ordering = no
tsa_name = no
ess_cert_id_chain = no
"""


def openssl(folder: Path, *arguments: str) -> str:
    done = subprocess.run(["openssl", *arguments], cwd=folder, check=True, capture_output=True, text=True)
    return done.stdout + done.stderr


def make_authority(folder: Path, name: str = "Demonstration") -> Path:
    """Make keys and certificates in a folder; return the file of the root certificate."""
    (folder / "openssl.cnf").write_text(CONFIGURATION.format(folder=folder))
    (folder / "serial").write_text("01\n")
    key = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-config", "openssl.cnf")
    openssl(
        folder, "req", "-x509", *key, "-keyout", "root.key", "-out", "root.pem", "-days", "30", "-extensions", "root",
        "-subj", f"/CN={name} root",
    )  # fmt: skip
    openssl(folder, "req", *key, "-keyout", "authority.key", "-out", "authority.csr", "-subj", f"/CN={name} authority")
    openssl(
        folder, "x509", "-req", "-in", "authority.csr", "-CA", "root.pem", "-CAkey", "root.key", "-CAcreateserial",
        "-out", "authority.pem", "-days", "30", "-extfile", "openssl.cnf", "-extensions", "authority",
    )  # fmt: skip
    return folder / "root.pem"


def reply_to(folder: Path, request: bytes) -> bytes:
    (folder / "asked.tsq").write_bytes(request)
    openssl(
        folder, "ts", "-reply", "-queryfile", "asked.tsq", "-out", "said.tsr", "-config", "openssl.cnf",
        "-section", "config",
    )  # fmt: skip
    return (folder / "said.tsr").read_bytes()


@contextmanager
def serving(folder: Path, *, instead: bytes | None = None) -> Iterator[str]:
    """Serve the authority of a folder and yield its address; ``instead`` is said whatever is asked."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            request = self.rfile.read(int(self.headers["Content-Length"]))
            reply = reply_to(folder, request) if instead is None else instead
            self.send_response(200)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.send_header("Content-Length", str(len(reply)))
            self.end_headers()
            self.wfile.write(reply)

        def log_message(self, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
