"""The table of time-outs in docs/operations.md is what the code and the shipped proxy say."""

import re
from typing import Any

from app import factory, jobs, outside, serving
from app.gateways import antivirus, mail, web
from app.intake import sandbox
from app.settings import ROOT
from app.storage import database, postgres
from app.storage.files import objects
from app.web.http import patience
from app.web_server import __main__ as web_server
from app.web_server.deadlines import Deadlines

OURS = Deadlines()
MOVED = f"a second for each {OURS.bytes_a_second:,.0f} bytes that moved".replace(",", " ")
DESKS = "register, e-photo, stamps, SMS"
NGINX = {
    "client_header_timeout": "",
    "client_body_timeout": ", between two bytes",
    "send_timeout": ", between two bytes",
    "keepalive_timeout": "",
    "proxy_connect_timeout": "",
    "proxy_read_timeout": "",
}


def shipped(name: str) -> float:
    """Return the seconds that the proxy's configuration gives a client or the service."""
    text = (ROOT / "deploy" / "nginx.conf").read_text(encoding="utf-8").partition("listen 443")[2]
    (found,) = re.findall(rf"^\s*{name} (\d+)s;", text, re.M)
    return float(found)


CODE: dict[tuple[str, str], Any] = {
    ("web server", "the first byte, or the rest, of a head"): OURS.head_seconds,
    ("web server", "the next request of a connection"): OURS.idle_seconds,
    ("web server", f"bytes of a body, or a client that reads: besides {MOVED}"): OURS.pause_seconds,
    ("web server", "a whole body or answer"): OURS.longest_seconds,
    **{("nginx", f"`{name}`{more}"): shipped(name) for name, more in NGINX.items()},
    (DESKS, "a connection"): web.CONNECT_SECONDS,
    (DESKS, "the next byte"): web.BYTE_SECONDS,
    (DESKS, "whole"): web.WHOLE_SECONDS,
    ("antivirus", "a connection"): antivirus.CONNECT_SECONDS,
    ("antivirus", "whole"): antivirus.WHOLE_SECONDS,
    ("mail server", "a connection"): mail.CONNECT_SECONDS,
    ("mail server", "the next byte"): mail.BYTE_SECONDS,
    ("mail server", "whole"): mail.WHOLE_SECONDS,
    ("file store (bucket)", "a connection"): objects.CONNECT.total_seconds(),
    ("file store (bucket)", "whole"): objects.WHOLE.total_seconds(),
    ("examination of a file", "a place and the answer"): sandbox.WALL_SECONDS,
    ("a part outside", "a place among those that ask it"): outside.PATIENCE_SECONDS,
    ("a part outside left alone", "the next try"): outside.REST_SECONDS,
    ("PostgreSQL", "a connection"): postgres.CONNECT_SECONDS,
    ("PostgreSQL", "a statement of a page"): factory.STATEMENT_SECONDS,
    ("PostgreSQL", "a statement of the worker"): jobs.STATEMENT_SECONDS,
    ("PostgreSQL", "a server that says nothing, beyond that"): postgres.SILENCE_SECONDS,
    ("PostgreSQL", "a lock"): postgres.LOCK_SECONDS,
    ("PostgreSQL", "a transaction that does nothing"): postgres.IDLE_IN_TRANSACTION_SECONDS,
    ("PostgreSQL", "a connection of the pool"): postgres.POOL_SECONDS,
    ("PostgreSQL left alone", "the next try"): postgres.REST_SECONDS,
    ("a request whose connection died, or whose server became a standby", "to be done again"): (
        patience.PATIENCE_SECONDS
    ),
    ("SQLite", "the lock of the file"): database.PRAGMAS["busy_timeout"] / 1000,
    ("SIGTERM, web server", "what is being answered"): web_server.GRACE_SECONDS,
    ("SIGTERM, `serve`", "both parts"): serving.GRACE_SECONDS,
}


def test_the_table_says_what_the_code_does() -> None:
    text = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    section = text.partition("## Time-outs\n")[2].partition("\n## ")[0]
    rows = [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in section.splitlines()
        if line[:1] == "|"
    ]
    assert {(what, why): float(seconds) for what, why, seconds in rows[2:]} == CODE


def test_the_proxy_is_more_patient_than_what_it_waits_for() -> None:
    """Else it would say that nothing answered, in its own words, while the service still had some."""
    assert (
        shipped("proxy_read_timeout")
        > factory.STATEMENT_SECONDS + sandbox.WALL_SECONDS + CODE["file store (bucket)", "whole"]
    )
    assert shipped("proxy_connect_timeout") < OURS.head_seconds
    keepalive = re.findall(
        r"keepalive_timeout (\d+)s;", (ROOT / "deploy" / "nginx.conf").read_text(encoding="utf-8")
    )
    assert float(keepalive[0]) < OURS.idle_seconds, "the proxy closes its own connections first"
