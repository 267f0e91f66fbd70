"""PostgreSQL with synchronous standby and automatic failover, what decides which is the primary, and the poolers."""

from collections.abc import Callable, Iterator
from string import Template
from typing import Any

import psycopg

from app.settings import ROOT
from cluster import programs
from cluster.layout import DATABASES, ETCD, HOST, POOLERS, SECRET, Layout
from cluster.parts import Part, listens, says_200

DEPLOY = ROOT / "deploy" / "cluster"
NAME = "guichet"


def template(name: str, /, **values: object) -> str:
    """Return a file of deploy/cluster with its names filled in."""
    return Template((DEPLOY / name).read_text(encoding="utf-8")).substitute(values)


def etcd(layout: Layout) -> Iterator[Part]:
    """Yield the members that agree on which server is the primary."""
    program = programs.from_package("etcd-server", "etcd")
    names = [f"etcd{number}" for number in range(1, ETCD + 1)]
    members = ",".join(f"{name}=http://{layout.at(name.replace('etcd', 'peer'))}" for name in names)
    for name in names:
        own, peers = f"http://{layout.at(name)}", f"http://{layout.at(name.replace('etcd', 'peer'))}"
        options = {
            "name": name,
            "data-dir": str(layout.folder(f"{name}/data")),
            "listen-client-urls": own,
            "advertise-client-urls": own,
            "listen-peer-urls": peers,
            "initial-advertise-peer-urls": peers,
            "initial-cluster": members,
            "heartbeat-interval": "300",
            "election-timeout": "1500",  # machines that have two processors for everything
            "logger": "zap",
            "log-level": "warn",
        }
        command = [*program.command, *(f"--{option}={value}" for option, value in options.items())]
        yield Part(name, command, layout.folder(name), 3, says_200(layout.port(name), "/health"))


def databases(layout: Layout) -> Iterator[Part]:
    """Yield Patroni with its PostgreSQL, on each of three machines."""
    program = programs.patroni(layout.user)
    etcd_hosts = ",".join(layout.at(f"etcd{number}") for number in range(1, ETCD + 1))
    for number in range(1, DATABASES + 1):
        name = f"db{number}"
        folder = layout.folder(name, layout.user)
        settings = template(
            "patroni.yml",
            name=name,
            rest=layout.at(f"rest{number}"),
            database=layout.at(name),
            etcd=etcd_hosts,
            data=folder / "data",
            programs=programs.postgresql(),
            folder=folder,
            secret=SECRET,
            network=f"{HOST}/32",
            shared_buffers="32MB",
        )
        path = layout.write(f"{name}/patroni.yml", settings, layout.user)
        yield Part(
            name,
            [*program.command, str(path)],
            folder,
            2,
            says_200(layout.port(f"rest{number}"), "/health"),
            user=layout.user,
            environment=program.environment,
            postmaster=folder / "data" / "postmaster.pid",
        )


def poolers(layout: Layout) -> Iterator[Part]:
    """Yield PgBouncer in transaction mode, twice."""
    program = programs.from_package("pgbouncer", "pgbouncer")
    for number in range(1, POOLERS + 1):
        name = f"pooler{number}"
        folder = layout.folder(name, layout.user)
        users = layout.write(f"{name}/users.txt", f'"{NAME}" "{SECRET}"\n', layout.user)
        settings = template(
            "pgbouncer.ini",
            primary_host=HOST,
            primary_port=layout.port("primary"),
            host=HOST,
            port=layout.port(name),
            users=users,
        )
        path = layout.write(f"{name}/pgbouncer.ini", settings, layout.user)
        yield Part(
            name,
            [*program.command, str(path)],
            folder,
            1,
            listens(layout.port(name)),
            user=layout.user,
            environment=program.environment,
        )


def url(layout: Layout, through: str, options: str = "") -> str:
    """Return the database's address through a port: `pooler`, `primary` or a server."""
    return f"postgresql://{NAME}:{SECRET}@{layout.at(through)}/{NAME}{options}"


def superuser(
    layout: Layout, database: str = "postgres", through: str = "primary"
) -> "psycopg.Connection[tuple[Any, ...]]":
    """Connect as the account of the servers' owner."""
    return psycopg.connect(
        host=HOST,
        port=layout.port(through),
        user="postgres",
        password=SECRET,
        dbname=database,
        autocommit=True,
        connect_timeout=3,
    )


def has_primary(layout: Layout) -> Callable[[], bool]:
    """Return the question whether the primary takes writes through the balancer."""

    def ask() -> bool:
        try:
            with superuser(layout) as connection:
                return connection.execute("SELECT NOT pg_is_in_recovery()").fetchone() == (True,)
        except psycopg.Error:
            return False

    return ask


def standbys(layout: Layout) -> dict[str, str]:
    """Return the standbys of the primary and how each follows: `sync`, `async`, `potential`."""
    try:
        with superuser(layout) as connection:
            rows = connection.execute(
                "SELECT application_name, sync_state FROM pg_stat_replication WHERE state = 'streaming'"
            )
            return dict(rows.fetchall())
    except psycopg.Error:
        return {}


def create(layout: Layout) -> None:
    """Make the service's account and database, with the bounds of the account, unless they are there."""
    with superuser(layout) as connection:
        if not connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", (NAME,)).fetchone():
            connection.execute(f"CREATE ROLE {NAME} LOGIN PASSWORD '{SECRET}'")
        connection.execute((DEPLOY / "roles.sql").read_text(encoding="utf-8"))
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", (NAME,)).fetchone():
            connection.execute(f"CREATE DATABASE {NAME} OWNER {NAME}")
