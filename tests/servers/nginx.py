"""nginx with the configuration that is shipped, before a web server of the tests."""

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from app.settings import ROOT
from tests.servers.process import answers, free_port, running
from tests.servers.tls import CERTIFICATE
from tooling.parts import MissingPart, from_debian

SHIPPED = ROOT / "deploy" / "nginx.conf"
MAIN = """
{user}
pid {home}/pid;
error_log stderr warn;
worker_processes 1;
events {{ worker_connections 1024; }}
http {{
    client_body_temp_path {home}/body;
    proxy_temp_path {home}/proxy;
    fastcgi_temp_path {home}/fastcgi;
    uwsgi_temp_path {home}/uwsgi;
    scgi_temp_path {home}/scgi;
    include {site};
}}
"""


def program() -> str:
    """Return the path of nginx."""
    known = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
    if known:
        return known
    if from_debian("nginx-light") and (known := shutil.which("nginx", path="/usr/sbin")):
        return known
    raise MissingPart("The reverse proxy is missing: install the package nginx-light.")


def write(home: Path, text: str) -> Path:
    """Write a configuration that includes the site's `text`, and return its path."""
    (home / "site.conf").write_text(text, encoding="utf-8")
    user = "user root;" if os.geteuid() == 0 else ""  # else the folder of the tests is closed to it
    main = home / "nginx.conf"
    main.write_text(MAIN.format(home=home, site=home / "site.conf", user=user), encoding="utf-8")
    return main


def with_certificate(home: Path) -> str:
    """Return the shipped configuration with what an operator replaces."""
    text = SHIPPED.read_text(encoding="utf-8")
    text = re.sub(r"/etc/ssl/sejour\.example\.(pem|key)", str(CERTIFICATE), text)
    return text.replace("/var/log/nginx", str(home))


def check(home: Path) -> "subprocess.CompletedProcess[str]":
    """Ask nginx whether it would start with the shipped configuration."""
    command = [program(), "-t", "-c", str(write(home, with_certificate(home)))]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def configured(home: Path, upstream: int, port: int, pages: Path | None = None) -> Path:
    """Write the shipped configuration for an upstream and a port that speaks no TLS, and return its path.

    `pages` is the folder of those that it shows by itself.
    """
    text = with_certificate(home).replace("127.0.0.1:8000", f"127.0.0.1:{upstream}")
    text = text.replace("/srv/guichet/var/proxy-pages", str(pages or home))
    text = re.sub(r"server \{\s+listen 80;.*?\}\n", "", text, flags=re.S)
    return write(home, text.replace("listen 443 ssl http2;", f"listen 127.0.0.1:{port} backlog=1024;"))


@contextmanager
def before(upstream: int, pages: Path | None = None) -> Iterator[int]:
    """Run nginx before the web server of a port until the block ends; yields its own port, see `configured`."""
    home = Path(tempfile.mkdtemp(prefix="guichet-nginx-"))
    port = free_port()
    command = [program(), "-c", str(configured(home, upstream, port, pages)), "-g", "daemon off;"]
    try:
        with running(command, home / "log", lambda: answers(port)):
            yield port
    finally:
        shutil.rmtree(home, ignore_errors=True)
