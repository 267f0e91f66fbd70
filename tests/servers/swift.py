"""An S3 service with real signatures: OpenStack Swift's s3api, one copy of each object.

Four processes: proxy, account, container, object. Swift keeps what it knows of an object in extended
attributes, so the temporary folder must lie on a file system that has them (ext4, xfs and btrfs do).
"""

import base64
import hmac
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from email.utils import formatdate
from functools import partial
from pathlib import Path
from urllib.request import Request, urlopen

from tests.servers.process import answers, free_port, running
from tooling.parts import MissingPart, from_pypi

ACCESS_KEY = "guichet:tests"
SECRET_KEY = "a-secret-of-the-tests"
REGION = "us-east-1"
MODULES = {"account": "account", "container": "container", "object": "obj", "proxy": "proxy"}
STORES = ("account", "container", "object")

# Run with Swift's own packages: a ring says which devices hold the copies of a partition, one on each of ours.
BUILD_RINGS = """
import sys
from swift.common.ring import RingBuilder
folder, *ports = sys.argv[1:]
for name, servers in zip(("account", "container", "object"), ports):
    servers = servers.split(",")
    builder = RingBuilder(2, len(servers), 0)
    for zone, port in enumerate(servers, 1):
        place = {"region": 1, "zone": zone, "device": "disk", "weight": 1}
        builder.add_dev(place | {"ip": "127.0.0.1", "port": int(port)})
    builder.rebalance()
    builder.get_ring().save(f"{folder}/{name}.ring.gz")
"""

COMMON = """
[DEFAULT]
bind_ip = 127.0.0.1
bind_port = {port}
workers = 0
user = {user}
swift_dir = {home}
devices = {home}/devices
mount_check = false
log_address = {home}/no-syslog
fallocate_reserve = 0
"""

STORAGE = """
[pipeline:main]
pipeline = {name}-server
[app:{name}-server]
use = egg:swift#{name}
"""

PROXY = f"""
[pipeline:main]
pipeline = healthcheck cache listing_formats s3api tempauth slo proxy-server
[app:proxy-server]
use = egg:swift#proxy
account_autocreate = true
{{limits}}
[filter:healthcheck]
use = egg:swift#healthcheck
[filter:cache]
use = egg:swift#memcache
memcache_servers = 127.0.0.1:1
[filter:listing_formats]
use = egg:swift#listing_formats
[filter:s3api]
use = egg:swift#s3api
location = {REGION}
[filter:tempauth]
use = egg:swift#tempauth
user_{ACCESS_KEY.replace(":", "_")} = {SECRET_KEY} .admin
[filter:slo]
use = egg:swift#slo
"""


@dataclass(frozen=True)
class Swift:
    """A running S3 service."""

    endpoint: str
    access_key: str = ACCESS_KEY
    secret_key: str = SECRET_KEY
    region: str = REGION

    def environment(self) -> dict[str, str]:
        """The variables every S3 tool reads."""
        return {
            "AWS_ENDPOINT_URL": self.endpoint,
            "AWS_ACCESS_KEY_ID": self.access_key,
            "AWS_SECRET_ACCESS_KEY": self.secret_key,
            "AWS_REGION": self.region,
            "AWS_ALLOW_HTTP": "true",
        }

    def make_bucket(self, name: str) -> None:
        """Create a bucket, or find it there, with a PUT signed by hand: object store libraries cannot make one."""
        date = formatdate(usegmt=True)
        signed = hmac.digest(self.secret_key.encode(), f"PUT\n\n\n{date}\n/{name}".encode(), "sha1")
        signature = base64.b64encode(signed).decode()
        headers = {"Date": date, "Authorization": f"AWS {self.access_key}:{signature}"}
        urlopen(Request(f"{self.endpoint}/{name}", method="PUT", headers=headers), timeout=100).close()


def write_settings(home: Path, name: str, port: int, body: str) -> Path:
    """The settings file of one of the four servers."""
    import getpass

    path = home / f"{name}.conf"
    path.write_text(COMMON.format(port=port, user=getpass.getuser(), home=home) + body)
    return path


def prepare(home: Path, environment: dict[str, str]) -> dict[str, Path]:
    """Write rings and settings for four servers; gives the settings file of each, storage first."""
    (home / "devices" / "disk").mkdir(parents=True)
    keeps_attributes(home / "devices" / "disk")
    (home / "swift.conf").write_text("[swift-hash]\nswift_hash_path_suffix = tests\n")
    ports = {name: free_port() for name in STORES}
    rings = [sys.executable, "-c", BUILD_RINGS, str(home), *map(str, ports.values())]
    subprocess.run(rings, env=os.environ | environment, check=True, capture_output=True)
    settings = {
        name: write_settings(home, name, port, STORAGE.format(name=name)) for name, port in ports.items()
    }
    return settings | {"proxy": write_settings(home, "proxy", free_port(), PROXY.format(limits=""))}


def keeps_attributes(folder: Path) -> None:
    """Fail in words rather than with a 507 at the first upload."""
    try:
        os.setxattr(folder, "user.guichet", b"1")
    except OSError as problem:
        raise MissingPart(
            f"The S3 test server needs extended attributes in {folder}: set TMPDIR."
        ) from problem


def port_of(settings: Path) -> int:
    """The port written in a settings file."""
    line = next(line for line in settings.read_text().splitlines() if line.startswith("bind_port"))
    return int(line.partition("=")[2])


@contextmanager
def swift() -> Iterator[Swift]:
    """Run an S3 service without any bucket until the block ends."""
    packages = from_pypi("swift")
    environment = {"PYTHONPATH": str(packages), "PYTHONWARNINGS": "ignore"}
    home = Path(tempfile.mkdtemp(prefix="guichet-swift-"))
    try:
        with ExitStack() as servers:
            for name, settings in prepare(home, environment).items():
                start = f"from swift.{MODULES[name]}.server import main; main()"
                command = [sys.executable, "-c", start, str(settings)]
                ready = partial(answers, port_of(settings))
                servers.enter_context(running(command, home / f"{name}.log", ready, environment=environment))
            yield Swift(f"http://127.0.0.1:{port_of(settings)}")
    finally:
        shutil.rmtree(home, ignore_errors=True)
