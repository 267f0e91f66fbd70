"""Settings: what is said of a wrong value or name, and what the environment may hold beside them."""

import subprocess
from dataclasses import fields, replace
from itertools import pairwise

import pytest

from app import deployment, variables
from app.settings import ROOT, Misconfigured, Settings
from app.storage.database import MAX_CONNECTIONS

VARIABLES = {item.name.upper(): item for item in fields(Settings)}
EXAMPLE = ROOT / ".env.example"

# What a machine has set before anybody thought of this service.
DEBIAN = """HOME LANG LANGUAGE LC_ALL LOGNAME MAIL MAILTO MAILPATH HOSTNAME HOSTTYPE PATH PWD OLDPWD SHELL SHLVL TERM TZ
USER USERNAME EDITOR PAGER DISPLAY COLORTERM COLUMNS COLORFGBG LS_COLORS XDG_DATA_DIRS XDG_RUNTIME_DIR
SSH_AUTH_SOCK SUDO_USER HISTFILE EMAIL ORGANIZATION OPERATING_SYSTEM SECRET SECRETS DATA_DIR DATABASE ENV
FILES FONTS STATIC_ROOT OSTYPE"""
SYSTEMD = """INVOCATION_ID JOURNAL_STREAM SYSTEMD_EXEC_PID NOTIFY_SOCKET WATCHDOG_PID WATCHDOG_USEC MAINPID LISTEN_FDS
LISTEN_PID LISTEN_FDNAMES STATE_DIRECTORY CACHE_DIRECTORY LOGS_DIRECTORY RUNTIME_DIRECTORY
CREDENTIALS_DIRECTORY CONFIGURATION_DIRECTORY SERVICE_RESULT EXIT_CODE EXIT_STATUS MANAGERPID
MEMORY_PRESSURE_WATCH"""
CI = """CI CI_ENVIRONMENT_NAME CI_ENVIRONMENT_URL CI_ENVIRONMENT_SLUG CI_PROJECT_URL CI_REGISTRY CI_REGISTRY_USER
CI_SERVICES CI_SERVER_URL GITHUB_ACTIONS GITHUB_API_URL GITHUB_SERVER_URL GITHUB_TOKEN GITLAB_CI JOB_URL
JOB_NAME BUILD_URL NODE_ENV RUNNER_OS TRAVIS_LANGUAGE VIRTUAL_ENV DEBIAN_FRONTEND PYTHONUNBUFFERED PIP_CERT
PYTEST_CURRENT_TEST"""
HOSTING = """DATABASE_HOST DATABASE_USER DATABASE_NAME DATABASE_PASSWORD DATABASE_PORT DATABASE_PRIVATE_URL
DATABASE_PUBLIC_URL DATABASE_RO_URL DATABASE_POOL_URL MAIL_HOST MAIL_PORT MAIL_USER MAIL_PASSWORD
MAIL_DRIVER MAIL_ENCRYPTION SECRET_TOKEN SECRET_KEY_BASE DJANGO_SECRET_KEY AWS_SECRET_KEY
AWS_SECRET_ACCESS_KEY AWS_REGION AWS_ENDPOINT_URL REDIS_URL SMTP_URL SITE_URL BASE_URL CMS_URL RSS_URL
SSO_URL STATIC_URL APP_ENV APP_ENVIRONMENT RAILS_ENV ENVIRONMENT_NAME HOSTING_SITE PORT WEB_CONCURRENCY
WEB_MEMORY WEB_PORT GUNICORN_CMD_ARGS OMP_NUM_THREADS OPERATOR_NAME OPERATOR_NAMESPACE CONTACT_EMAIL
KUBERNETES_SERVICE_HOST KUBERNETES_PORT_443_TCP_ADDR KUBERNETES_SERVICE_PORT_HTTPS HTTP_PROXY no_proxy
https_proxy"""
# A Kubernetes namespace whose services are called antivirus, register and antivirus-clamd.
NAMESPACE = """ANTIVIRUS_SERVICE_HOST ANTIVIRUS_SERVICE_PORT ANTIVIRUS_SERVICE_PORT_CLAMD ANTIVIRUS_PORT
ANTIVIRUS_PORT_3310_TCP ANTIVIRUS_PORT_3310_TCP_ADDR ANTIVIRUS_PORT_3310_TCP_PORT
ANTIVIRUS_PORT_3310_TCP_PROTO REGISTER_SERVICE_HOST REGISTER_PORT ANTIVIRUS_CLAMD_SERVICE_HOST
ANTIVIRUS_CLAMD_PORT_3310_TCP_ADDR"""


def refusal(**given: str) -> str:
    """What is said of an environment."""
    with pytest.raises(Misconfigured) as refused:
        deployment.read_settings(given)
    return str(refused.value)


@pytest.mark.parametrize("machine", [DEBIAN, SYSTEMD, CI, HOSTING, NAMESPACE])
def test_the_variables_of_others_stop_nothing(machine: str) -> None:
    given = dict.fromkeys(machine.split(), "x")
    assert deployment.read_settings(given) == Settings()


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("MAIL_URI", "MAIL_URL"),
        ("EMAIL_URL", "MAIL_URL"),
        ("MAIL_RUL", "MAIL_URL"),
        ("mail_url", "MAIL_URL"),
        ("DATABASE_URI", "DATABASE_URL"),
        ("KEY_RING", "KEYRING"),
        ("ORIGINE", "ORIGIN"),
        ("ENVIRONNEMENT", "ENVIRONMENT"),
        ("LANGAUGES", "LANGUAGES"),
        ("WEB_THREAD", "WEB_THREADS"),
        ("FILE_URL", "FILES_URL"),
        ("COLOR_ACCENT", "COLOUR_ACCENT"),
        ("TRUSTED_PROXY", "TRUSTED_PROXIES"),
        ("SMS_URI", "SMS_URL"),
        ("SMS_TOKEN", "SMS_URL"),
        ("STAMPS_KEY", "STAMPS_URL"),
        ("ANTIVIRUS_HOST", "ANTIVIRUS_URL"),
    ],
)
def test_a_misspelt_name(name: str, meant: str) -> None:
    said = refusal(**{name: "smtp://user:hunter2@host"})
    assert said == f"{name} is not a setting; the nearest one is {meant}."


def test_an_empty_variable_is_not_given() -> None:
    assert deployment.read_settings({"MAIL_URI": "", "TRUSTED_PROXIES": ""}) == Settings()


def test_a_name_of_another_program_goes_with_the_setting_beside_it() -> None:
    """Nothing was meant for MAIL_URL where it is given."""
    settings = deployment.read_settings({"MAIN_URL": "x", "MAIL_URL": "file:letters"})
    assert settings.mail_url == "file:letters"
    assert "MAIL_URL" in refusal(MAIN_URL="x")


def test_the_prefixes_are_those_of_settings_and_no_setting_is_a_stranger() -> None:
    for prefix in variables.PREFIXES:
        assert any(name.startswith(prefix) for name in VARIABLES), prefix
    assert variables.strangers(dict.fromkeys(VARIABLES, "x"), VARIABLES) == {}


@pytest.mark.parametrize(
    ("name", "value", "problem"),
    [
        ("TRUSTED_PROXIES", "deux", "is 'deux', not a whole number from 0 to 10"),
        ("TRUSTED_PROXIES", "-1", "is '-1', not a whole number from 0 to 10"),
        ("TRUSTED_PROXIES", "²", "is '²', not a whole number from 0 to 10"),
        ("WEB_PROCESSES", "0", "is '0', not a whole number from 1 to 64"),
        ("WEB_THREADS", "17", "is '17', not a whole number from 1 to 16"),
        ("ENVIRONMENT", "prod", "is 'prod', not demonstration or production"),
        ("ORIGIN", "sejour.example", "begins with neither https: nor http:"),
        ("ORIGIN", "https://", "names no host"),
        ("ORIGIN", "https://sejour.example/fr", "has more than a host and a port"),
        ("ORIGIN", "https://sejour.example:http", "has a host or a port that cannot be read"),
        ("MAIL_FROM", "Guichet", "is not an address in ASCII, or a name and <such an address>"),
        ("MAIL_FROM", "Guichet <séjour@exemple.fr>", "is not an address in ASCII"),
        ("MAIL_FROM", "a@exemple.fr, b@exemple.fr", "is not an address in ASCII"),
        ("SOURCE_CODE_URL", "code.example", "does not begin with https:"),
        ("SECURITY_CONTACT", "securite@sejour.example", "begins with neither mailto: nor https:"),
        ("PRIVATE_HOSTS", "http://clamav", "has 'http://clamav', not a host's name or address"),
        ("COLOUR_ACCENT", "rouge", "is 'rouge', not # and six digits of 0 to 9 and a to f"),
        ("EMBLEM", "licorne", "is 'licorne', which is not a symbol of icons.svg"),
        ("LANGUAGES", "en", "lacks fr"),
        ("LANGUAGES", "fr,../en", "has '../en', not a language's code"),
        ("LANGUAGES", "fr,qq", "has qq without a compiled catalogue"),
        ("MAIL_URL", "ftp://mail.example", "begins with neither file: nor smtp:"),
        ("MAIL_URL", "smtp://mail.example:port", "has a host or a port that cannot be read"),
        ("SMS_URL", "tel:+33", "begins with neither file: nor https:"),
        ("REGISTER_URL", "https:///find", "names no host"),
        ("STAMPS_URL", "https://stamps.example:port/", "has a host or a port that cannot be read"),
        ("EPHOTO_URL", "https://[photos", "has a host or a port that cannot be read"),
        ("ANTIVIRUS_URL", "clamd:", "names neither a host nor a socket"),
        ("FILES_URL", "s3://", "names no bucket"),
        ("DATABASE_URL", "mysql://host/name", "begins with neither sqlite:/// nor postgresql://"),
        ("DATABASE_URL", "sqlite:///", "names no file"),
        ("DATABASE_URL", "sqlite:var/guichet.sqlite", "has no three slashes"),
        ("DATABASE_URL", "postgresql://host", "names no database after its host"),
    ],
)
def test_a_wrong_value_is_told_with_its_name_and_an_example(name: str, value: str, problem: str) -> None:
    said = refusal(**{name: value})
    assert said.startswith(f"{name} {problem}")
    assert said.endswith(f"Example: {name}={VARIABLES[name].metadata['example']}")
    assert "\n" not in said


def test_everything_wrong_is_told_at_once() -> None:
    said = refusal(TRUSTED_PROXIES="deux", MAIL_URL="ftp://x", SMS_URI="x", LANGUAGES="fr,qq", STAMPS_URL="x")
    assert [line.split()[0] for line in said.splitlines()] == [
        "MAIL_URL",
        "STAMPS_URL",
        "LANGUAGES",
        "TRUSTED_PROXIES",
        "SMS_URI",
    ]


@pytest.mark.parametrize("start", ["DATABASE_URL=postgresql", "MAIL_URL=smtp"])
@pytest.mark.parametrize(
    "password", ["hunter/2secret", "hunter?2secret", "hunter#2secret", "12/2secret@x", "[2secret"]
)
def test_a_password_that_breaks_its_address_is_not_told(start: str, password: str) -> None:
    name, _, scheme = start.partition("=")
    said = refusal(**{name: f"{scheme}://user:{password}@host/name"})
    assert "hunter" not in said
    assert "2secret" not in said
    assert "in a password, write @ : / ? # as %40 %3A %2F %3F %23" in said


# ENVIRONMENT=production on its own is refused for everything that production owes; the file of KEYRING must be there.
@pytest.mark.parametrize("name", [name for name in VARIABLES if name not in ("ENVIRONMENT", "KEYRING")])
def test_the_example_of_a_refusal_is_accepted(name: str) -> None:
    example = str(VARIABLES[name].metadata["example"])
    settings = deployment.read_settings({name: example})
    assert getattr(settings, name.lower()) == VARIABLES[name].metadata["read"](example)


OWED = {
    "keyring": ("demonstration",),
    "origin": ("http://sejour.example", "http://127.0.0.1:8000"),
    **{
        f"{name}_url": (getattr(Settings(), f"{name}_url"),)
        for name in "mail register ephoto stamps sms".split()
    },
    "antivirus_url": ("demo:",),
    **dict.fromkeys(
        (
            "operator_address",
            "publication_director",
            "hosting",
            "data_contact",
            "source_code_url",
            "security_contact",
        ),
        ("",),
    ),
}


@pytest.mark.engines("sqlite")
@pytest.mark.parametrize(("name", "value"), [(name, one) for name, few in OWED.items() for one in few])
def test_production_owes_each_of_these(production: Settings, name: str, value: str) -> None:
    assert production.problems() == {}
    assert list(replace(production, **{name: value}).problems()) == [name.upper()]
    assert replace(production, environment="demonstration", **{name: value}).problems() == {}


CLEAR = [
    ("register_url", "http://register.intern/", "register.intern"),
    ("stamps_url", "http://10.0.0.7/", "10.0.0.7"),
    ("ephoto_url", "http://photos.intern/", "photos.intern"),
    ("sms_url", "http://sms.intern/send", "sms.intern"),
    ("mail_url", "smtp://user:hunter2@mail.intern?tls=none", "mail.intern"),
    ("antivirus_url", "clamd://clamav:3310", "clamav"),
    ("files_url", "s3://bucket?endpoint=http://minio.intern:9000", "minio.intern"),
    ("files_url", "az://container?account=a&endpoint=http://azure.intern/a", "azure.intern"),
    ("database_url", "postgresql://user:hunter2@db.intern/name", "db.intern"),
]


@pytest.mark.engines("sqlite")
@pytest.mark.parametrize(("name", "url", "host"), CLEAR)
def test_production_sends_nothing_in_clear_unless_the_host_is_named(
    production: Settings, name: str, url: str, host: str
) -> None:
    open_line = replace(production, **{name: url})
    (problem,) = open_line.problems().items()
    assert problem[0] == name.upper()
    assert f"reaches {host} in clear" in problem[1]
    assert "PRIVATE_HOSTS" in problem[1]
    assert "hunter2" not in problem[1]
    assert replace(open_line, private_hosts=(host,)).problems() == {}
    assert replace(open_line, private_hosts=("another",)).problems()
    assert replace(open_line, environment="demonstration").problems() == {}


@pytest.mark.engines("sqlite")
@pytest.mark.parametrize(
    ("name", "url"),
    [
        ("register_url", "http://127.0.0.1:9000/"),
        ("mail_url", "smtp://mail.example?tls=ssl"),
        ("mail_url", "smtp://mail.example"),
        ("antivirus_url", "clamd:/run/clamd.sock"),
        ("antivirus_url", "clamds://clamav:3310"),
        ("files_url", "s3://bucket?endpoint=https://s3.example"),
        ("database_url", "postgresql://user@db.intern/name?sslmode=verify-full"),
    ],
)
def test_what_is_encrypted_or_stays_on_the_machine_is_taken(
    production: Settings, name: str, url: str
) -> None:
    assert replace(production, **{name: url}).problems() == {}


def test_a_thread_never_lacks_a_connection() -> None:
    """The most threads that WEB_THREADS takes are half of the pool: the others stand in for those that wait outside."""
    read = VARIABLES["WEB_THREADS"].metadata["read"]
    assert read(str(MAX_CONNECTIONS // 2)) == MAX_CONNECTIONS // 2
    with pytest.raises(variables.BadValue):
        read(str(MAX_CONNECTIONS // 2 + 1))


def test_the_example_file_has_every_setting_explained_with_its_default() -> None:
    lines = EXAMPLE.read_text(encoding="utf-8").splitlines()
    explained = [after.partition("=")[0] for line, after in pairwise(lines) if line[:2] == "# "]
    names = [line.partition("=")[0] for line in lines if line and not line.startswith("#")]
    assert names == [name for name in explained if name in names], "each has a line of explanation above it"
    assert sorted(names) == sorted(VARIABLES)
    command = ["sh", "-c", "set -a; . ./.env.example; env -0"]
    printed = subprocess.run(command, cwd=ROOT, env={}, capture_output=True, check=True).stdout.decode()
    read = dict(line.split("=", 1) for line in printed.split("\0") if line)
    for name, item in VARIABLES.items():
        default = ",".join(item.default) if isinstance(item.default, tuple) else str(item.default)
        assert read[name] == default.replace(f"{ROOT}/", ""), name


def test_the_operations_page_has_every_setting() -> None:
    table = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8").split("## Starting")[0]
    assert [name for name in VARIABLES if f"`{name}`" not in table] == []


@pytest.mark.parametrize(
    ("given", "header"),
    [
        ("Guichet séjour <a@exemple.fr>", "Guichet séjour <a@exemple.fr>"),
        ("a@exemple.fr", "a@exemple.fr"),
        # Unquoted, the comma would make two senders of it.
        ("Préfecture du Rhône, séjour <a@exemple.fr>", '"Préfecture du Rhône, séjour" <a@exemple.fr>'),
    ],
)
def test_a_sender_is_one_name_and_one_address(given: str, header: str):
    assert Settings.from_env({"MAIL_FROM": given}).mail_from == header
