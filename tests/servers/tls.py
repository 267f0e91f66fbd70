"""A certificate that nobody vouches for, unless a test says so."""

import ssl
from pathlib import Path

CERTIFICATE = Path(__file__).parent / "loopback.pem"


def server_context() -> ssl.SSLContext:
    """What a server at 127.0.0.1 shows its certificate with. SSL_CERT_FILE=CERTIFICATE makes a client believe it."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTIFICATE)
    return context
