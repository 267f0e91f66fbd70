"""What others read at fixed addresses: keys of certificates, the check page's script, robots, the contact for faults."""

from datetime import timedelta

from flask import Blueprint, Response, abort, jsonify, url_for

from app.keys import KeyPurpose
from app.services.certificates import seals
from app.web.current import keys, settings, today
from app.web.pages import assets

bp = Blueprint("published", __name__)
SECURITY_LIFE = timedelta(days=180)  # RFC 9116 asks for less than a year
CLOSED_TO_ROBOTS = (
    "/compte/",
    "/demande/",
    "/suivi/",
    "/attestations/",
    "/verifier",
    "/agents/",
    "/administration/",
)


@bp.get("/.well-known/attestation-keys.json")
def attestation_keys() -> Response:
    """Return the keys with which certificates were signed, for any site and any program."""
    response = jsonify(keys=seals.published(keys(KeyPurpose.PAPERS)))
    response.headers["Cache-Control"] = "public, max-age=3600"
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


@bp.get("/.well-known/security.txt")
def security() -> Response:
    """Return the contact for faults of security (RFC 9116); 404 where the deployment names none."""
    deployment = settings()
    contact = deployment.security_contact or abort(404)
    lines = {
        "Contact": contact,
        "Expires": f"{today() + SECURITY_LIFE}T00:00:00Z",
        "Preferred-Languages": ", ".join(deployment.languages),
        "Canonical": f"{deployment.origin.rstrip('/')}{url_for('published.security')}",
    }
    text = "".join(f"{name}: {value}\n" for name, value in lines.items())
    return Response(text, mimetype="text/plain")


@bp.get("/robots.txt")
def robots() -> Response:
    """Keep search engines out of people's own pages, and out of everything where all is invented."""
    found = ["/"] if settings().demonstration else [f"/*{place}" for place in CLOSED_TO_ROBOTS]
    text = "User-agent: *\n" + "".join(f"Disallow: {place}\n" for place in found)
    return Response(text, mimetype="text/plain")


@bp.get("/sw.js")
def worker() -> Response:
    """Return the service worker, at the root: a script decides over pages beside and below its own address only.

    Browsers ask for it again each time that they start it: the one that takes itself away reaches every device.
    """
    name = "sw.js" if settings().keeps_pages else "sw-off.js"
    return Response(assets.script(name), mimetype="text/javascript")
