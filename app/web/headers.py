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
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}


def install(app: Flask, secure: bool) -> None:
    """Add the headers to every answer that does not set them itself.

    No cache may store a page: nearly all of them show personal data.
    """
    everywhere = [*HEADERS.items(), ("Cache-Control", "no-store"), ("Vary", "Cookie")]
    if secure:
        everywhere.append(("Strict-Transport-Security", "max-age=31536000; includeSubDomains"))

    @app.after_request
    def protect(response: Response) -> Response:
        given = {name.lower() for name, _value in response.headers}
        response.headers.extend((name, value) for name, value in everywhere if name.lower() not in given)
        if "vary" in given:
            response.vary.add("Cookie")
        if request.headers.get("HX-Request"):
            response.vary.add("HX-Request")
        return response
