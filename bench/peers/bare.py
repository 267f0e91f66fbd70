"""A Flask view that answers with the bytes of a file: the upper bound of this stack."""

import os
from pathlib import Path

from flask import Flask, Response
from flask_compress import Compress

application = Flask(__name__)
application.config.update(COMPRESS_ALGORITHM=["br"], COMPRESS_BR_LEVEL=4, COMPRESS_STREAMS=False)
Compress(application)
CONTENT = Path(os.environ["BENCH_CONTENT"]).read_bytes()


@application.get("/page")
def constant() -> Response:
    """Return the same bytes for every request."""
    return Response(CONTENT, mimetype="text/html")
