"""The service with so much patience for the register that a test says when the waiting ends."""

from app.gateways import web
from tests.time_outs import LONG
from wsgi import app

web.BYTE_SECONDS = web.WHOLE_SECONDS = LONG
app.extensions[
    "gateways"
].register.part.slow_seconds = 0.0  # whenever that is, it counts as a register that hangs

__all__ = ["app"]
