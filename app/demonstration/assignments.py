"""Assignments in the service of Lyon, a saved search of one of its agents, and a text of the service."""

from datetime import datetime, timedelta

from app.services.decisions import instruction
from app.services.decisions.acts import Act
from app.services.staff import saved_searches, saved_texts
from app.storage.models import Account, Agent, Dossier
from app.storage.review import dossier_view

GIVEN = "9920000102"  # filed, assigned to an agent by the supervisor
PASSED = "9920000104"  # passed on to a colleague, with a note
TAKEN = "9920000112"  # taken by the second agent


def create(now: datetime) -> None:
    """Assign dossiers among three agents and save a search."""
    first, second, supervisor = (
        Agent.get(Agent.email == f"{name}.lyon@exemple.fr") for name in ("agent", "agent2", "responsable")
    )
    assigned, passed = _last(GIVEN), _last(PASSED)
    instruction.assign(assigned, _act(supervisor, assigned, now - timedelta(days=1)), first.id)
    note = "Je pars en congé vendredi. L’usager a promis l’attestation pour lundi."
    instruction.pass_on(passed, _act(first, passed, now - timedelta(hours=20)), second.id, note)
    taken = _last(TAKEN)
    instruction.take(taken, _act(second, taken, now - timedelta(hours=18)))
    query = {"vue": "les-miens", "motif": "etudiant", "fin": "30"}
    saved_searches.keep(first, "Mes étudiants, fin dans 30 jours", query)
    text = (
        "Envoyez la copie intégrale, de moins de trois mois, et sa traduction si elle n’est pas en français."
    )
    saved_texts.keep(first, {"use": "request", "name": "Acte d’état civil", "text": text}, now)


def _last(number: str) -> Dossier:
    dossiers = Dossier.select().join(Account).where(Account.foreign_number == number)
    return dossiers.order_by(Dossier.id.desc()).get()


def _act(agent: Agent, dossier: Dossier, at: datetime) -> Act:
    return Act(agent, at, dossier_view.last_move(dossier.id))
