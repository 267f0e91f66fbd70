"""Security and cache headers of every answer, errors included."""

from typing import Any

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
    "Cache-Control": "no-store",  # nearly all pages show personal data
}

# What the answers depend on, all of them: who asks, for which part of a page, and what `web.http.compression` looks at.
VARY = ("Vary", "Accept-Encoding, Cookie, HX-Request, Sec-Fetch-Site")

TLS_ONLY = ("Strict-Transport-Security", "max-age=31536000; includeSubDomains")


def of_files(secure: bool) -> dict[str, str]:
    """Return the headers of static files: opened by themselves, they are a page like any other (ASVS 5.0, 3.4.1)."""
    names = ("Content-Security-Policy", "X-Content-Type-Options", "Cross-Origin-Resource-Policy")
    return {name: HEADERS[name] for name in names} | dict([TLS_ONLY] if secure else [])


def wrap(application: Any, secure: bool) -> Any:
    """Return `application` with the headers added to every answer that does not set them itself.

    Around the application: what never changes need not pass through the object of a response.
    """
    everywhere = [*HEADERS.items(), *([TLS_ONLY] if secure else ())]
    added = [(name.lower(), (name, value)) for name, value in everywhere]

    def answer(environ: Any, start_response: Any) -> Any:
        def start(status: str, given: list[tuple[str, str]], *error: Any) -> Any:
            own = [header for header in given if header[0] != VARY[0]]
            names = {name.lower() for name, _value in own}
            own += [header for name, header in added if name not in names]
            return start_response(status, [*own, VARY], *error)

        return application(environ, start)

    return answer
