"""HEAD, answered as GET without its body: no view sees a method that is neither a look nor a form with its token."""

from io import BytesIO
from typing import Any


def wrap(application: Any) -> Any:
    """Return `application`, which is asked GET where a client asks HEAD (RFC 9110, 9.3.2)."""

    def answer(environ: Any, start_response: Any) -> Any:
        if environ["REQUEST_METHOD"] != "HEAD":
            return application(environ, start_response)
        asked = {"REQUEST_METHOD": "GET", "CONTENT_LENGTH": "0", "wsgi.input": BytesIO()}
        body = application({**environ, **asked}, start_response)
        if close := getattr(body, "close", None):
            close()
        return ()

    return answer
