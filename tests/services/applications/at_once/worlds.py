"""The phases of a dossier, each with its acts."""

from tests.services.applications.at_once.closing import Closed, Held
from tests.services.applications.at_once.deciding import (
    Available,
    Decided,
    Extended,
    Numberless,
    Withheld,
)
from tests.services.applications.at_once.drafting import Drafting, Filed
from tests.services.applications.at_once.meeting import Declined, Invited
from tests.services.applications.at_once.reviewing import Asked, Reviewing
from tests.services.applications.at_once.world import World

PHASES: dict[str, type[World]] = {
    "draft": Drafting,
    "filed": Filed,
    "submitted": Reviewing,
    "asked": Asked,
    "extended": Extended,
    "withheld": Withheld,
    "numberless": Numberless,
    "decided": Decided,
    "available": Available,
    "closed": Closed,
    "held": Held,
    "invited": Invited,
    "not coming": Declined,
}
