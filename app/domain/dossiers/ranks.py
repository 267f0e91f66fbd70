"""What a member of the agents' side may do: one table from a rank to the roles it acts in."""

from enum import StrEnum

from app.domain.dossiers.states import Role
from app.domain.text import N_


class Rank(StrEnum):
    """What somebody is in their service. An administrator belongs to none, and sees no dossier."""

    AGENT = "agent"
    SUPERVISOR = "supervisor"
    ADMINISTRATOR = "administrator"


RANK_TITLES: dict[Rank, str] = {
    Rank.AGENT: N_("Agent"),
    Rank.SUPERVISOR: N_("Responsable"),
    Rank.ADMINISTRATOR: N_("Administrateur"),
}

# In which roles of the table of transitions somebody of a rank acts on dossiers.
ROLES: dict[Rank, frozenset[Role]] = {
    Rank.AGENT: frozenset({Role.AGENT}),
    Rank.SUPERVISOR: frozenset({Role.AGENT, Role.SUPERVISOR}),
    Rank.ADMINISTRATOR: frozenset(),
}
