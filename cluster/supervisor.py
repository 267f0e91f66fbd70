"""Starts the cluster in order, and names its primary."""

import fcntl
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress

from cluster import database, objects, service
from cluster.checker import Rows
from cluster.keeper import START_SECONDS, Keeper
from cluster.layout import Layout, Refused
from tests.waiting import until

# What one machine would have: it dies and freezes whole.
MACHINES = {f"device{number}": tuple(f"{kind}{number}" for kind in objects.KINDS) for number in (1, 2, 3)}


class Supervisor(Keeper):
    """The running cluster."""

    def __init__(self, layout: Layout) -> None:
        super().__init__(layout.home, machines=MACHINES)
        self.layout = layout

    def environment(self) -> Mapping[str, str]:
        """Return the environment of commands: past the poolers."""
        return service.for_commands(self.layout)

    def run(self, seed: Callable[[], object]) -> None:
        """Start everything in order; `seed` fills an empty database, before anybody is let in."""
        layout = self.layout
        self.start(database.etcd(layout))
        self.start([service.balancer(layout), service.outside(layout)])
        self.start(database.databases(layout))
        until(database.has_primary(layout), START_SECONDS, every=0.3)
        database.create(layout)
        self.start([*database.poolers(layout), *objects.stores(layout)])
        until(lambda: len(database.standbys(layout)) == 2, START_SECONDS, every=0.5)
        _make_bucket(layout)
        self.command("migrate")
        self.command("services")
        seed()
        self.start(service.nodes(layout))
        self.start([service.front(layout)])
        self.watch()

    def primary(self) -> str:
        """Return the name of the machine that has the primary, "" while there is none."""
        with suppress(Exception), database.superuser(self.layout) as connection:
            ((port,),) = connection.execute("SELECT inet_server_port()").fetchall()
            return next(
                name for name in self.parts if name.startswith("db") and self.layout.port(name) == port
            )
        return ""

    def synchronous(self) -> str:
        """Return the name of the standby that every commit waits for."""
        return next((name for name, how in database.standbys(self.layout).items() if how == "sync"), "")

    def whole(self) -> bool:
        """Return whether every part answers and a synchronous standby follows the primary."""
        followers = database.standbys(self.layout)
        return (
            len(followers) == 2
            and "sync" in followers.values()
            and all(part.runs() and not part.frozen and part.ready() for part in self.parts.values())
        )

    @contextmanager
    def rows(self) -> Iterator[Rows]:
        """Open the primary past the poolers."""
        with database.superuser(self.layout, "guichet") as connection:
            yield connection

    def has_object(self) -> Callable[[str], bool]:
        """Return the question whether the store has a file."""
        return objects.asking(objects.service(self.layout))


def _make_bucket(layout: Layout) -> None:
    """Make the bucket; a store that has just started may need a moment."""

    def made() -> bool:
        with suppress(OSError):
            objects.service(layout).make_bucket(objects.BUCKET)
            return True
        return False

    until(made, 30, every=0.5)


@contextmanager
def alone(layout: Layout) -> Iterator[None]:
    """Hold the lock of a cluster's folder; Refused while another process has it: two would share their ports."""
    layout.home.mkdir(parents=True, exist_ok=True)
    with (layout.home / "lock").open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            lock.seek(0)
            raise Refused(
                f"The cluster of {layout.home} runs already (process {lock.read().strip()})."
            ) from None
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        layout.refuse_taken_ports()
        yield
