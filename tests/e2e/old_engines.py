"""What old engines lack, taken away from a new one before any script of a page runs."""

from collections.abc import Callable, Iterable
from typing import Any

from werkzeug.test import run_wsgi_app

# No engine of those years can be had: what it lacks of what scripts reach for, from the tables of MDN.
LACKING = {
    "iOS-12": (
        "HTMLFormElement.prototype.requestSubmit", "window.createImageBitmap", "window.ResizeObserver",
        "window.OffscreenCanvas", "window.BroadcastChannel", "window.PublicKeyCredential",
        "window.structuredClone", "window.queueMicrotask", "window.WeakRef", "window.PointerEvent",
        "Promise.allSettled", "Promise.any", "Object.hasOwn", "Array.prototype.at", "String.prototype.at",
        "String.prototype.replaceAll", "String.prototype.matchAll", "Array.prototype.findLast",
        "Blob.prototype.arrayBuffer", "Blob.prototype.text", "Blob.prototype.stream",
        "AbortSignal.timeout", "AbortSignal.any", "Element.prototype.replaceChildren",
        "HTMLDialogElement.prototype.showModal", "Document.prototype.startViewTransition",
        "Navigator.prototype.clipboard", "Navigator.prototype.share", "Navigator.prototype.locks",
        "Crypto.prototype.randomUUID", "Element.prototype.moveBefore",
    ),
    "Chrome-80": (
        "window.structuredClone", "window.WeakRef", "Promise.any", "Object.hasOwn", "Array.prototype.at",
        "String.prototype.at", "String.prototype.replaceAll", "Array.prototype.findLast",
        "AbortSignal.timeout", "AbortSignal.any", "Element.prototype.replaceChildren",
        "Document.prototype.startViewTransition", "Navigator.prototype.locks",
        "Crypto.prototype.randomUUID", "Element.prototype.moveBefore",
    ),
}  # fmt: skip
COOKIE = "engine"


def deleting(engine: str) -> str:
    """The script that takes away what an engine lacks; where it is not there, nothing happens."""
    return "".join(
        f"try{{delete {owner}.{name}}}catch(missing){{}}\n"
        for owner, _, name in (feature.rpartition(".") for feature in LACKING[engine])
    )


class Lowered:
    """A service whose scripts begin by taking features away, for who has the cookie: drivers know no initial script."""

    def __init__(self, service: Callable[..., Iterable[bytes]]) -> None:
        self.service = service

    def __call__(self, environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        engine = next((one for one in LACKING if f"{COOKIE}={one}" in environ.get("HTTP_COOKIE", "")), "")
        if not engine or not environ["PATH_INFO"].endswith(".js"):
            return self.service(environ, start)
        environ = {**environ, "HTTP_ACCEPT_ENCODING": "identity"}
        parts, status, headers = run_wsgi_app(self.service, environ)
        body = deleting(engine).encode() + b"".join(parts)
        headers["Content-Length"] = str(len(body))
        start(status, headers.to_wsgi_list())
        return [body]
