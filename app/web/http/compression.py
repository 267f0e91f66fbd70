"""Compression of pages, fragments, calendars and tables, safe for the secrets in them.

The length of a compressed page tells whether a text that somebody else chose, in its address, repeats a secret beside
it (the attack called BREACH). That somebody makes the person's browser ask for pages from another site, with the
person's cookie. Answers to such requests are not compressed; neither are those of a browser that does not say where a
request comes from (Sec-Fetch-Site, W3C Fetch Metadata), where the address holds a choice. The token of forms is signed
anew in each answer besides.
"""

from functools import lru_cache

from flask import Flask, Response, request
from flask_compress import Compress
from werkzeug.http import parse_accept_header

TYPES = (
    "text/html",
    "application/json",
    "text/calendar",
    "text/csv",
    "text/plain",
    "application/manifest+json",
)
LEAST_BYTES = 400
# Measured on our pages: brotli 5 makes them a twentieth shorter than 4 and takes 0.04 ms more of a page that takes 1.
ALGORITHMS = ("br", "zstd", "gzip")
_OURS = ("same-origin", "none")  # "none": typed, a bookmark, another program


def install(app: Flask, cookie: str) -> None:
    """Compress answers as the browser asks; `cookie` is the name of the one that a secret depends on."""
    app.config.update(
        COMPRESS_REGISTER=False,  # below: not every answer
        COMPRESS_MIMETYPES=TYPES,
        COMPRESS_ALGORITHM=ALGORITHMS,
        COMPRESS_STREAMS=False,
        COMPRESS_EVALUATE_CONDITIONAL_REQUEST=False,
        COMPRESS_MIN_SIZE=LEAST_BYTES,
        COMPRESS_BR_LEVEL=4,
        COMPRESS_ZSTD_LEVEL=3,
        COMPRESS_LEVEL=6,
    )
    compress = Compress(app)

    @app.after_request
    def shorten(response: Response) -> Response:
        safe = cookie not in request.cookies or _asked_by_us()
        wanted = _wants_any(request.headers.get("Accept-Encoding", ""))
        if not (safe and wanted) or response.status_code == 204:  # which has no body to be of a coding
            return response
        # The library leaves errors as they are; a form with its errors weighs as much as without.
        status, response.status_code = response.status_code, 200
        compressed = compress.after_request(response)
        compressed.status_code = status
        return compressed


@lru_cache(maxsize=256)  # browsers say it in few ways
def _wants_any(accepted: str) -> bool:
    """Return whether a browser takes one of our codings: the library takes any that is named, with a quality of 0 too."""
    qualities = parse_accept_header(accepted)
    return any(qualities.quality(coding) > 0 for coding in ALGORITHMS)


def _asked_by_us() -> bool:
    """Return whether no other site can have chosen the address of the request and see how long its answer is."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is None:
        return request.method == "POST" or (request.url_rule is not None and not request.query_string)
    return site in _OURS
