"""Whether what a deployment sends to others can be read on the way: in production it must not be, unless named so."""

from collections.abc import Mapping
from ipaddress import ip_address
from urllib.parse import parse_qs, urlsplit

from app.variables import EARLIER

_ENCRYPTED_DATABASES = frozenset({"require", "verify-ca", "verify-full"})  # libpq, sslmode


def in_clear(urls: Mapping[str, str], private: tuple[str, ...]) -> dict[str, str]:
    """Return what is wrong with the addresses of others, by variable: a host that is reached without TLS.

    The machine itself and the hosts that `private` names are taken as they are.
    """
    found = {}
    for variable, url in ((name, part) for name, given in urls.items() for part in given.split(EARLIER)):
        host, cure = _host_in_clear(url)
        if host and not _on_this_machine(host) and host not in private:
            found[variable] = (
                f"reaches {host} in clear, with personal data: {cure}; or name {host} in PRIVATE_HOSTS if nobody "
                "else is on the network between"
            )
    return found


def _host_in_clear(url: str) -> tuple[str, str]:
    """Return the host that an address reaches without TLS and what to write instead; "" if there is none."""
    try:
        parts = urlsplit(url)
    except ValueError:  # refused by its gateway
        return "", ""
    query = {name: values[-1] for name, values in parse_qs(parts.query).items()}
    host = parts.hostname or ""
    if parts.scheme == "http":
        return host, "write https:"
    if parts.scheme == "smtp" and query.get("tls") == "none":
        return host, "write tls=starttls or tls=ssl"
    if parts.scheme == "clamd":
        return host, "write clamds: with a TLS tunnel before clamd, or use its socket"
    if parts.scheme in ("s3", "az", "gs") and query.get("endpoint", "").startswith("http:"):
        return urlsplit(query["endpoint"]).hostname or "", "write endpoint=https:"
    if parts.scheme in ("postgresql", "postgres") and query.get("sslmode") not in _ENCRYPTED_DATABASES:
        return host, "write sslmode=verify-full, or require"
    return "", ""


def _on_this_machine(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
