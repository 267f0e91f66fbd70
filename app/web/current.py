"""What a view needs of the deployment: the clock, the gateways, the settings, the person signed in."""

from datetime import date, datetime
from typing import cast

from flask import current_app
from flask_login import current_user

from app.deployment import Gateways
from app.domain.rules.calendar import paris_day
from app.settings import Settings
from app.storage.models import Account, Agent, Service


def now() -> datetime:
    """The instant, as the injected clock tells it."""
    return cast(datetime, current_app.extensions["clock"]())


def today() -> date:
    """The day it is in Paris."""
    return paris_day(now())


def gateways() -> Gateways:
    """The world outside."""
    return cast(Gateways, current_app.extensions["gateways"])


def settings() -> Settings:
    """What the deployment chose."""
    return cast(Settings, current_app.extensions["settings"])


def account() -> Account:
    """The applicant signed in; views of that audience only."""
    return cast(Account, current_user.account)


def agent() -> Agent:
    """The agent signed in; views of that audience only."""
    return cast(Agent, current_user.agent)


def service() -> Service:
    """The service of the agent signed in; views of agents and supervisors only."""
    return cast(Service, current_user.agent.service)
