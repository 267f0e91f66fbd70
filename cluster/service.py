"""The service itself: web servers and workers that share nothing but the network, and the proxies before them."""

import os
import re
from collections.abc import Iterator
from pathlib import Path

from app.settings import ROOT, Settings
from cluster import database, objects, programs
from cluster.layout import WEB, WORKERS, Layout
from cluster.parts import Part, listens, says_200
from tests.servers import nginx


def outside(layout: Layout) -> Part:
    """Return what stands for the systems of others."""
    folder = layout.folder("outside")
    ports = [str(layout.port("outside")), str(layout.port("mail"))]
    command = [programs.python(), "-m", "cluster.outside", str(folder), *ports]
    return Part(
        "outside", command, folder, 3, listens(layout.port("outside")), environment={"PYTHONPATH": str(ROOT)}
    )


def settings(layout: Layout, name: str) -> dict[str, str]:
    """Return the environment of a web server or worker on a machine of its own."""
    others = f"http://{layout.at('outside')}"
    return {
        "PYTHONPATH": str(ROOT),
        "TMPDIR": str(layout.folder(f"{name}/tmp")),
        "ORIGIN": f"http://{layout.at('people')}",
        "DATABASE_URL": database.url(layout, "pooler", "?options="),
        "READ_DATABASE_URL": database.url(layout, "replicas"),
        "FILES_URL": objects.url(layout),
        "MAIL_URL": f"smtp://{layout.at('mail')}?tls=none",
        "REGISTER_URL": f"{others}/register",
        "EPHOTO_URL": f"{others}/ephoto",
        "STAMPS_URL": f"{others}/stamps",
        "SMS_URL": f"{others}/sms",
        "TRUSTED_PROXIES": "1",
        "WEB_PROCESSES": "1",
        "WEB_THREADS": "4",
        **objects.service(layout).environment(),
    }


def for_commands(layout: Layout) -> dict[str, str]:
    """Return the environment of commands: past the poolers, and with the desks' files, which `demo` writes."""
    desks = layout.folder("outside")
    return settings(layout, "commands") | {
        "PATH": os.environ["PATH"],
        "DATABASE_URL": database.url(layout, "primary"),
        "REGISTER_URL": f"file:{desks}/register.json",
        "EPHOTO_URL": f"file:{desks}/ephotos.json",
        "STAMPS_URL": f"file:{desks}/stamps.json",
    }


def nodes(layout: Layout) -> Iterator[Part]:
    """Yield the web servers and the workers."""
    for number in range(1, WEB + 1):
        name = f"web{number}"
        command = [programs.python(), "-m", "app.cli", "serve", "--no-worker", "--bind", layout.at(name)]
        ready = says_200(layout.port(name), "/healthz")
        yield Part(name, command, layout.folder(name), 1, ready, environment=settings(layout, name))
    for number in range(1, WORKERS + 1):
        name = f"worker{number}"
        command = [programs.python(), "-m", "app.cli", "worker"]
        folder = layout.folder(name)
        yield Part(name, command, folder, 1, lambda: True, environment=settings(layout, name))


def balancer(layout: Layout) -> Part:
    """Return HAProxy, before everything of which there are several."""
    program = programs.from_package("haproxy", "haproxy")
    names = re.findall(r"\$\{(\w+)\}", (database.DEPLOY / "haproxy.cfg").read_text(encoding="utf-8"))
    # `check port` takes a port alone.
    values = {name: layout.port(name) if name.startswith("rest") else layout.at(name) for name in names}
    folder = layout.folder("balancer")
    path = layout.write("balancer/haproxy.cfg", database.template("haproxy.cfg", **values))
    command = [*program.command, "-db", "-f", str(path)]
    return Part("balancer", command, folder, 3, listens(layout.port("web")), environment=program.environment)


def front(layout: Layout) -> Part:
    """Return nginx, as it is shipped, before the balancer: it stands slow clients, and has pages of its own."""
    folder = layout.folder("front")
    pages = Path(Settings().static_dir).with_name("proxy-pages")
    path = nginx.configured(folder, layout.port("web"), layout.port("people"), pages)
    command = [nginx.program(), "-e", "stderr", "-c", str(path), "-g", "daemon off;"]
    return Part("front", command, folder, 1, listens(layout.port("people")))
