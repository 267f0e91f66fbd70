"""A Flask view that answers with the bytes of a file: the most that this stack could do."""

import os
from pathlib import Path

from flask import Flask, Response

application = Flask(__name__)
CONTENT = Path(os.environ["BENCH_CONTENT"]).read_bytes()


@application.get("/page")
def constant() -> Response:
    """Always the same bytes."""
    return Response(CONTENT, mimetype="text/html")
