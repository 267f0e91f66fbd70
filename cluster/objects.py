"""The store of files: Swift's S3 on three devices, each object on all of them, behind two proxies."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import obstore
from obstore.store import S3Store

from cluster.layout import DEVICES, STORES, Layout
from cluster.parts import Part, listens, says_200
from tests.servers.swift import (
    BUILD_RINGS,
    COMMON,
    MODULES,
    PROXY,
    REGION,
    STORAGE,
    Swift,
    keeps_attributes,
)
from tooling.parts import from_pypi

BUCKET = "guichet"
KINDS = ("account", "container", "object")
# A device that hangs is given up after three seconds, and left alone for twenty once it hung twice.
LIMITS = """conn_timeout = 0.5
node_timeout = 3
recoverable_node_timeout = 1.5
error_suppression_limit = 2
error_suppression_interval = 20"""


def stores(layout: Layout) -> Iterator[Part]:
    """Yield the servers of each device, then the proxies."""
    environment = {"PYTHONPATH": str(from_pypi("swift")), "PYTHONWARNINGS": "ignore"}
    rings = layout.folder("rings")
    servers = [
        ",".join(str(layout.port(f"{kind}{number}")) for number in range(1, DEVICES + 1)) for kind in KINDS
    ]
    subprocess.run(
        [sys.executable, "-c", BUILD_RINGS, str(rings), *servers],
        env=os.environ | environment,
        check=True,
        capture_output=True,
    )
    for number in range(1, DEVICES + 1):
        home = _home(layout, f"device{number}", rings)
        (home / "devices" / "disk").mkdir(parents=True, exist_ok=True)
        keeps_attributes(home / "devices" / "disk")
        for kind in KINDS:
            name = f"{kind}{number}"
            yield _server(layout, name, kind, home, STORAGE.format(name=kind), environment)
    for number in range(1, STORES + 1):
        name = f"store{number}"
        part = _server(
            layout, name, "proxy", _home(layout, name, rings), PROXY.format(limits=LIMITS), environment
        )
        part.ready = says_200(layout.port(name), "/healthcheck")
        yield part


def _home(layout: Layout, name: str, rings: Path) -> Path:
    """Return the folder of a machine of the store, with its own copy of the rings."""
    home = layout.folder(name)
    for ring in rings.glob("*.ring.gz"):
        shutil.copy(ring, home)
    layout.write(f"{name}/swift.conf", "[swift-hash]\nswift_hash_path_suffix = cluster\n")
    return home


def _server(layout: Layout, name: str, kind: str, home: Path, body: str, environment: dict[str, str]) -> Part:
    import getpass

    text = COMMON.format(port=layout.port(name), user=getpass.getuser(), home=home) + body
    settings = layout.write(f"{home.name}/{kind}.conf", text)
    start = f"from swift.{MODULES[kind]}.server import main; main()"
    command = [sys.executable, "-c", start, str(settings)]
    folder = layout.folder(f"{home.name}/{kind}")
    return Part(name, command, folder, 1, listens(layout.port(name)), environment=environment)


def opened(store: Swift) -> S3Store:
    """Open the bucket past the service."""
    return S3Store(
        BUCKET,
        endpoint=store.endpoint,
        access_key_id=store.access_key,
        secret_access_key=store.secret_key,
        region=store.region,
        virtual_hosted_style_request=False,
        client_options={"allow_http": True},
    )


def asking(store: Swift) -> Callable[[str], bool]:
    """Return the question whether the store has an object; what it lists may lack one after a device was away."""
    bucket = opened(store)

    def is_there(key: str) -> bool:
        try:
            return obstore.head(bucket, key)["size"] > 0
        except FileNotFoundError:
            return False

    return is_there


def damage(store: Swift, key: str) -> None:
    """Change the last byte of an object."""
    bucket = opened(store)
    content = bytes(obstore.get(bucket, key).bytes())
    obstore.put(bucket, key, content[:-1] + bytes([content[-1] ^ 1]))


def service(layout: Layout, through: str = "files") -> Swift:
    """Return the store, through the balancer or one of its proxies."""
    return Swift(f"http://{layout.at(through)}")


def url(layout: Layout) -> str:
    """Return what FILES_URL holds."""
    return f"s3://{BUCKET}/?endpoint=http://{layout.at('files')}&region={REGION}"
