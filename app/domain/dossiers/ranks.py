"""Ranks of agents and the roles in which each rank acts on dossiers."""

from enum import StrEnum

from app.domain.dossiers.states import Role
from app.domain.text import N_


class Rank(StrEnum):
    """The rank of an agent in their service; an administrator belongs to no service and sees no dossier."""

    AGENT = "agent"
    SUPERVISOR = "supervisor"
    ADMINISTRATOR = "administrator"


RANK_TITLES: dict[Rank, str] = {
    Rank.AGENT: N_("Agent"),
    Rank.SUPERVISOR: N_("Responsable"),
    Rank.ADMINISTRATOR: N_("Administrateur"),
}

# The roles of each rank; transitions of dossiers name the roles that may make them.
ROLES: dict[Rank, frozenset[Role]] = {
    Rank.AGENT: frozenset({Role.AGENT}),
    Rank.SUPERVISOR: frozenset({Role.AGENT, Role.SUPERVISOR}),
    Rank.ADMINISTRATOR: frozenset(),
}
