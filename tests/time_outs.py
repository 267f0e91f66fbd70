"""The service's time-outs towards the servers of a test: a sound one answers late on a busy machine."""

from datetime import timedelta

import pytest

LONG = 100  # seconds


def lengthen(patch: pytest.MonkeyPatch) -> None:
    """Make those of this process long; what a time-out does is shown by tests that shorten theirs."""
    from app.gateways import antivirus, mail, web
    from app.intake import shared_sandbox
    from app.storage import database, postgres
    from app.storage.files import objects

    names = {
        web: ("CONNECT_SECONDS", "BYTE_SECONDS", "WHOLE_SECONDS"),
        mail: ("CONNECT_SECONDS", "BYTE_SECONDS", "WHOLE_SECONDS"),
        antivirus: ("CONNECT_SECONDS", "WHOLE_SECONDS"),
        postgres: ("CONNECT_SECONDS", "SILENCE_SECONDS", "POOL_SECONDS"),
    }
    for module, seconds in names.items():
        for name in seconds:
            patch.setattr(module, name, LONG)
    for name in ("CONNECT", "WHOLE"):
        patch.setattr(objects, name, timedelta(seconds=LONG))
    patch.setattr(shared_sandbox, "wall_seconds", float(LONG))
    patch.setitem(database.PRAGMAS, "busy_timeout", LONG * 1000)
