"""`python -m cluster`: a whole deployment until Ctrl-C; `status`, `stop`, `kill`, `freeze`… from elsewhere."""

import argparse
import signal
import sys
import threading
from pathlib import Path
from types import FrameType
from typing import Any

from cluster import control
from cluster.layout import BASE_PORT, Layout, Refused, default_home
from cluster.supervisor import MACHINES, Supervisor, alone
from tests.servers.postgres import unprivileged_user
from tooling.parts import MissingPart


def start(layout: Layout) -> None:
    """Run the cluster, with the demonstration in it, until a signal or an order."""
    stop = threading.Event()

    def ask(number: int, frame: FrameType | None) -> None:
        stop.set()

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, ask)
    with alone(layout):
        supervisor = Supervisor(layout)
        try:
            with control.listening(supervisor, stop):
                supervisor.run(lambda: supervisor.command("demo"))
                print(
                    f"\nhttp://{layout.at('people')}: three web servers, two workers, three PostgreSQL.\n"
                    "Elsewhere: python -m cluster status, kill web1, freeze db2, back db2, stop. Ctrl-C stops all.",
                    flush=True,
                )
                stop.wait()
        finally:
            print("Stopping.", flush=True)
            supervisor.stop()


def show(found: dict[str, Any]) -> None:
    """Print a status."""
    for name, part in found["parts"].items():
        role = " primary" if name == found["primary"] else f" {found['standbys'].get(name, '')}".rstrip()
        print(f"{name:<12} {part['state']}{role}")
    print("whole" if found["whole"] else "not whole")


def main(given: list[str] | None = None) -> int:
    """Do what the command line says."""
    parser = argparse.ArgumentParser(prog="python -m cluster", description=__doc__)
    parser.add_argument(
        "order", nargs="?", default="start", choices=["start", "status", "stop", *control.ORDERS]
    )
    parser.add_argument(
        "name", nargs="?", default="", help=f"a part as status names it, or {', '.join(MACHINES)}"
    )
    parser.add_argument(
        "--port", type=int, default=BASE_PORT, help="the first of the ports, and the one to open"
    )
    parser.add_argument("--home", type=Path, default=None, help="the folder of its data: var/cluster")
    options = parser.parse_args(given)
    try:
        layout = Layout((options.home or default_home(unprivileged_user())).absolute(), options.port)
        if options.order == "start":
            start(layout)
        elif options.order == "status":
            show(control.ask(layout, "status"))
        else:
            print(control.ask(layout, options.order, options.name))
    except (Refused, MissingPart) as refusal:
        print(f"Refused: {refusal}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
