"""The clock, gateways, settings and signed-in person of the current request."""

from datetime import date, datetime
from typing import cast

from flask import current_app
from flask_login import current_user

from app.deployment import Gateways
from app.domain.rules.calendar import paris_day
from app.keys import KeyPurpose, Keyring, Keys
from app.settings import Settings
from app.storage.models import Account, Agent, Service


def now() -> datetime:
    """Return the current instant, from the injected clock."""
    return cast(datetime, current_app.extensions["clock"]())


def today() -> date:
    """Return the current day in Paris."""
    return paris_day(now())


def gateways() -> Gateways:
    """Return the gateways of this deployment."""
    return cast(Gateways, current_app.extensions["gateways"])


def settings() -> Settings:
    """Return the settings of this deployment."""
    return cast(Settings, current_app.extensions["settings"])


def keys(purpose: KeyPurpose) -> Keys:
    """Return the keys of a purpose."""
    return cast(Keyring, current_app.extensions["keyring"]).of(purpose)


def account() -> Account:
    """Return the signed-in applicant; only for views of that audience."""
    return cast(Account, current_user.account)


def agent() -> Agent:
    """Return the signed-in agent; only for views of that audience."""
    return cast(Agent, current_user.agent)


def service() -> Service:
    """Return the service of the signed-in agent; only for views of agents and supervisors."""
    return cast(Service, current_user.agent.service)
