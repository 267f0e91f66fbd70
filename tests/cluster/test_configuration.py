"""The configuration of the cluster is one that its programs take, and names every part that there is."""

import configparser
import re
import subprocess
from pathlib import Path

import psycopg
import pytest
import yaml

from cluster import database, faults, layout, pages, service
from cluster.layout import Layout
from tests.servers.postgres import Postgres


def test_the_balancer_takes_its_file(tmp_path: Path) -> None:
    part = service.balancer(Layout(tmp_path))
    command = [part.command[0], "-c", "-f", part.command[-1]]
    done = subprocess.run(command, env=dict(part.environment), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    text = Path(part.command[-1]).read_text(encoding="utf-8")
    for kind, many in (("web", layout.WEB), ("db", layout.DATABASES), ("pooler", layout.POOLERS)):
        assert set(re.findall(rf"server ({kind}\d)", text)) == {f"{kind}{n}" for n in range(1, many + 1)}
    assert "/healthz" in text, "an outage of the database takes no web server out"
    assert text.count("disable-l7-retry unless METH_GET") == text.count("retry-on"), "no form is sent twice"


def test_a_primary_waits_for_one_of_two_standbys(tmp_path: Path) -> None:
    names = re.findall(r"\$\{(\w+)\}", (database.DEPLOY / "patroni.yml").read_text(encoding="utf-8"))
    read = yaml.safe_load(database.template("patroni.yml", **dict.fromkeys(names, "1")))
    rules = read["bootstrap"]["dcs"]
    assert (rules["synchronous_mode"], rules["synchronous_mode_strict"]) == (True, True)
    assert layout.DATABASES == 3, "strict with two stops every write when one is lost"
    assert rules["primary_start_timeout"] == 0


def test_a_pooler_gives_up_last(tmp_path: Path) -> None:
    names = re.findall(r"\$\{(\w+)\}", (database.DEPLOY / "pgbouncer.ini").read_text(encoding="utf-8"))
    parser = configparser.ConfigParser()
    parser.read_string(database.template("pgbouncer.ini", **dict.fromkeys(names, "1")))
    ours = parser["pgbouncer"]
    assert ours["pool_mode"] == "transaction"
    roles = (database.DEPLOY / "roles.sql").read_text(encoding="utf-8")
    (longest,) = re.findall(r"statement_timeout = '(\d+)s'", roles)
    assert int(ours["query_timeout"]) > int(longest)


@pytest.mark.engines("postgres")
def test_postgresql_gives_the_role_its_bounds(postgres: Postgres) -> None:
    with psycopg.connect(postgres.url("postgres"), autocommit=True) as owner:
        owner.execute("CREATE ROLE guichet LOGIN")
        try:
            owner.execute((database.DEPLOY / "roles.sql").read_text(encoding="utf-8"))
            with psycopg.connect(postgres.url("postgres"), user="guichet") as service:
                names = ("statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout")
                shown = [service.execute(f"SHOW {name}").fetchone() for name in names]
        finally:
            owner.execute("DROP ROLE guichet")
    assert shown == [("1min",), ("8s",), ("1min",)]


def test_each_part_has_a_port_of_its_own(tmp_path: Path) -> None:
    here = Layout(tmp_path, 20000)
    ports = [
        here.port(name) for name in ("people", "web", "web1", "db3", "rest3", "peer3", "object3", "store2")
    ]
    assert len(set(ports)) == len(ports)
    assert min(ports) == here.port("people") == 20000


def test_pairs_are_of_parts_that_replace_each_other() -> None:
    pairs = list(faults.pairs())
    assert len({str(fault) for fault in pairs}) == len(pairs)
    assert not [fault for fault in pairs if set(fault.kinds) == {"primary", "standby"}]
    assert not [
        fault for fault in faults.singles() if fault.how == "freeze" and fault.kinds[0] in faults.ALONE
    ]


def test_a_bare_page_of_a_proxy_is_not_ours() -> None:
    bare = "<html><body><h1>503 Service Unavailable</h1>\nNo server is available.\n</body></html>"
    assert not pages.ours(503, bare)
    assert pages.ours(200, bare)
    assert pages.ours(503, '<html lang="fr"><a href="tel:0806001620">0 806 001 620</a></html>')


def test_the_form_of_a_page_is_read_as_a_browser_sends_it() -> None:
    page = (
        '<form action="/a" id="f"><input name="t" value="1"><input type="radio" name="r" value="x">'
        '<input type="radio" name="r" value="y" checked><select name="s"><option value="1"><option value="2" selected>'
        "</select><textarea name=w>\nhello</textarea><button name=b value=c></form>"
        '<input form="f" name="outside" value="2"><form><input name="other"></form>'
    )
    form = pages.form_to(page, "/a", "/here")
    assert form is not None
    assert form.fields == {"t": ["1"], "r": ["y"], "s": ["2"], "w": ["hello"], "outside": ["2"]}
    here = pages.form_to(page, "/here", "/here")
    assert here is not None
    assert here.fields == {"other": [""]}
