"""A Flask view that answers with the bytes of a file: the upper bound of this stack."""

import os
from pathlib import Path

from flask import Flask, Response

application = Flask(__name__)
CONTENT = Path(os.environ["BENCH_CONTENT"]).read_bytes()


@application.get("/page")
def constant() -> Response:
    """Return the same bytes for every request."""
    return Response(CONTENT, mimetype="text/html")
