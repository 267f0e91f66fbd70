"""What the reverse proxies before the service say of a client, and nothing that came around them."""

import logging

from flask import Flask, abort, request
from werkzeug.middleware.proxy_fix import ProxyFix

# Asked by balancers and monitors of each machine, without a proxy.
_HEALTH = frozenset({"/healthz", "/readyz", "/metrics"})

log = logging.getLogger(__name__)


def install(app: Flask, trusted: int, *, required: bool) -> None:
    """Believe so many proxies about address and scheme; where they are `required`, refuse what lacks their headers.

    Otherwise limits would count everybody as one source, and a client could name any address as its own.
    """
    if trusted:
        # Flask documents assigning wsgi_app for middleware; its stubs declare a method.
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=trusted, x_proto=1)  # type: ignore[method-assign]
    if not required:
        return

    @app.before_request
    def refuse_detours() -> None:
        """Answer 400 to a request that did not come through all the proxies."""
        if request.path in _HEALTH:
            return
        addresses = request.headers.get("X-Forwarded-For", "").split(",")
        came_through = len([address for address in addresses if address.strip()]) >= trusted
        if not came_through or not request.headers.get("X-Forwarded-Proto"):
            log.warning("a request came around the reverse proxy: see TRUSTED_PROXIES")
            abort(400)
