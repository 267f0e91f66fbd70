"""Requests of operators: from the machine itself, or with the secret of the deployment."""

import hmac
import ipaddress

from flask import abort, request

from app.web.current import settings


def is_operator() -> bool:
    """Return whether this request has the token, or comes from this machine without any proxy."""
    token = settings().monitoring_secret
    scheme, _, given = request.headers.get("Authorization", "").partition(" ")
    if token and scheme == "Bearer" and hmac.compare_digest(given.encode(), token.encode()):
        return True
    return "X-Forwarded-For" not in request.headers and "Forwarded" not in request.headers and _from_here()


def _from_here() -> bool:
    try:
        return ipaddress.ip_address(request.remote_addr or "127.0.0.1").is_loopback  # none: a Unix socket
    except ValueError:
        return False


def require_operator() -> None:
    """Answer 404 to everybody else."""
    if not is_operator():
        abort(404)
