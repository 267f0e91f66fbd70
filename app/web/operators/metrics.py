"""Figures for Prometheus: requests of this machine, parts, and what is read of the database when they are asked for.

Labels are names of the code (endpoints, kinds, states, parts), never of a person, a service or an address.
"""

import os
import time
from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import cache

from flask import Flask, g, request
from peewee import PeeweeException
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector
from werkzeug.wrappers import Response

from app.domain.rules.calendar import paris_day
from app.services.operations import rights, state
from app.services.operations.state import Part
from app.storage import operating

CONTENT_TYPE = CONTENT_TYPE_LATEST
MULTIPROCESS = "PROMETHEUS_MULTIPROC_DIR"  # where the processes of `serve` add up their figures
METHODS = frozenset({"GET", "HEAD", "POST", "OPTIONS"})
_OWN = CollectorRegistry()
_REQUESTS = Counter("guichet_requests", "Requests answered.", ("endpoint", "method", "status"), registry=_OWN)
_SECONDS = Histogram(
    "guichet_request_seconds",
    "Time to answer.",
    ("place",),
    buckets=(0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30),
    registry=_OWN,
)


def install(app: Flask) -> None:
    """Count every request."""

    @app.after_request
    def count(response: Response) -> Response:
        endpoint = request.endpoint or "none"
        method = request.method if request.method in METHODS else "other"
        _counter(endpoint, method, response.status_code).inc()
        began = g.get("started", time.perf_counter())
        _histogram(endpoint.partition(".")[0]).observe(time.perf_counter() - began)
        return response


@cache
def _counter(endpoint: str, method: str, status: int) -> Counter:
    return _REQUESTS.labels(endpoint, method, str(status))


@cache
def _histogram(place: str) -> Histogram:
    return _SECONDS.labels(place)


def text(parts: Sequence[Part], now: datetime) -> bytes:
    """Return all figures as Prometheus reads them."""
    registry = CollectorRegistry()
    if os.environ.get(MULTIPROCESS):
        MultiProcessCollector(registry)  # type: ignore[no-untyped-call]  # prometheus_client has no types here
    else:
        registry.register(_OWN)
    registry.register(_Read(parts, now))
    return bytes(generate_latest(registry))


class _Read:
    """Figures that are read when they are asked for; without a database, of the parts alone."""

    def __init__(self, parts: Sequence[Part], now: datetime) -> None:
        self.parts, self.now = parts, now

    def collect(self) -> Iterator[Metric]:
        """Yield each figure."""
        yield _gauge("ready", "Whether a person can file.", {"": float(state.ready(self.parts))})
        ok = {part.name: float(part.ok) for part in self.parts}
        yield _gauge("part_ok", "Whether a part is as it should be.", ok, "part")
        try:
            yield from list(self._of_the_database())
        except PeeweeException:  # the part says so
            return

    def _of_the_database(self) -> Iterator[Metric]:
        due = operating.due(self.now)
        counts = {kind: float(many) for kind, (many, _since) in due.items()}
        yield _gauge("work_due", "Work that is due and that nobody has in hand.", counts, "kind")
        waits = {kind: (self.now - since).total_seconds() for kind, (_many, since) in due.items()}
        yield _gauge("work_waits_seconds", "How long the oldest of it waits.", waits, "kind")
        failed = {kind: float(many) for kind, many in operating.failed().items()}
        yield _gauge("work_failed", "Work that failed and waits for somebody.", failed, "kind")
        beats = {loop: (self.now - at).total_seconds() for loop, at in operating.last_beats().items()}
        yield _gauge("worker_silent_seconds", "Since the last turn of a loop of the workers.", beats, "loop")
        yield _gauge(
            "rights_overdue",
            "Certificates that should have been issued before today.",
            {"": float(rights.overdue(self.now))},
        )
        states = {name: float(many) for name, many in operating.dossiers_by_state().items()}
        yield _gauge("dossiers", "Dossiers by state.", states, "state")
        filed = float(operating.filed_since(paris_day(self.now)))
        yield _gauge("filed_today", "Dossiers filed today.", {"": filed})


def _gauge(name: str, words: str, values: dict[str, float], label: str = "") -> Metric:
    found = GaugeMetricFamily(f"guichet_{name}", words, labels=[label] if label else [])
    for key, value in values.items():
        found.add_metric([key] if label else [], value)
    return found
