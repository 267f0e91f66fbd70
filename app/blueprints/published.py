"""What others read at fixed addresses: the public keys of certificates, and the script that keeps the check page."""

import json

from flask import Blueprint, Response, jsonify, url_for

from app.keys import KeyPurpose
from app.services.certificates import seals
from app.web import assets
from app.web.current import keys, settings

bp = Blueprint("published", __name__)


@bp.get("/.well-known/attestation-keys.json")
def attestation_keys() -> Response:
    """Return the keys with which certificates were signed, for any site and any program."""
    response = jsonify(keys=seals.published(keys(KeyPurpose.PAPERS)))
    response.headers["Cache-Control"] = "public, max-age=3600"
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


@bp.get("/hors-ligne.js")
def offline_worker() -> Response:
    """Return the service worker of the check page: a script decides over pages beside and below its own address only."""
    languages = settings().languages
    pages = [url_for(f"attestations.{name}", lang=code) for code in languages for name in ("verify", "words")]
    files = [assets.address(settings().static_dir, name) for name in ("theme.css", "check.js", "icons.svg")]
    kept = json.dumps([*pages, *files, url_for("published.attestation_keys")])
    script = (assets.SOURCE / "offline.js").read_text(encoding="utf-8").replace("[]", kept, 1)
    return Response(script, mimetype="text/javascript")
