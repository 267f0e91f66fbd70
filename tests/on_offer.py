"""The procedures as a new application has them; their declarations hold what is retired, too."""

from app.domain.journeys.journey import Journey
from app.domain.procedures import current


def _on_offer(slug: str) -> Journey:
    found = current(slug)
    assert found, f"« {slug} » is no longer on offer: name here the procedure that tests go through instead"
    return found


STUDENT_RENEWAL, STUDENT_FIRST = _on_offer("etudiant"), _on_offer("etudiant-premiere")
TALENT_RENEWAL = _on_offer("talent")
FAMILY_RENEWAL = _on_offer("talent-famille")
VISITOR_RENEWAL = _on_offer("visiteur")
MOVING, LOSS = _on_offer("domicile"), _on_offer("perte-vol")
VISA_VALIDATION = _on_offer("validation-visa")
