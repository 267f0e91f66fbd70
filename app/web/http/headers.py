"""Security and cache headers of every answer, errors included."""

from flask import Flask, request
from werkzeug.wrappers import Response

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "manifest-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)

HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(self), microphone=(), geolocation=()",
}

TLS_ONLY = ("Strict-Transport-Security", "max-age=31536000; includeSubDomains")


def of_files(secure: bool) -> dict[str, str]:
    """Return the headers of static files: opened by themselves, they are a page like any other (ASVS 5.0, 3.4.1)."""
    names = ("Content-Security-Policy", "X-Content-Type-Options", "Cross-Origin-Resource-Policy")
    return {name: HEADERS[name] for name in names} | dict([TLS_ONLY] if secure else [])


def install(app: Flask, secure: bool) -> None:
    """Add the headers to every answer that does not set them itself.

    No cache may store a page: nearly all of them show personal data.
    """
    everywhere = [*HEADERS.items(), ("Cache-Control", "no-store"), ("Vary", "Cookie")]
    if secure:
        everywhere.append(TLS_ONLY)

    @app.after_request
    def protect(response: Response) -> Response:
        given = {name.lower() for name, _value in response.headers}
        response.headers.extend((name, value) for name, value in everywhere if name.lower() not in given)
        if "vary" in given:
            response.vary.add("Cookie")
        if request.headers.get("HX-Request"):
            response.vary.add("HX-Request")
        return response
