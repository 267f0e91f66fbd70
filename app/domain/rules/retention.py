"""How long everything is kept: the one table of periods, each with where it comes from.

`PERIODS` is what storage deletes by, what the page on personal data shows and what `docs/security.md` is held against.
Where no text sets a period, the source says that it is the service's choice, to be confirmed by the operator.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from app.domain.rules.calendar import Unit, add_months
from app.domain.rules.parameters import Dated
from app.domain.text import N_


@dataclass(frozen=True)
class Span:
    """A length of time as it is said: 5 years, not 1,826 days."""

    count: int
    unit: Unit

    def before(self, now: datetime) -> datetime:
        """Return the instant so long before another; months and years by the calendar."""
        if self.unit is Unit.DAY:
            return now - timedelta(days=self.count)
        months = self.count * (12 if self.unit is Unit.YEAR else 1)
        return datetime.combine(add_months(now.date(), -months), now.timetz())

    def after(self, now: datetime) -> datetime:
        """Return the instant so long after another."""
        if self.unit is Unit.DAY:
            return now + timedelta(days=self.count)
        months = self.count * (12 if self.unit is Unit.YEAR else 1)
        return datetime.combine(add_months(now.date(), months), now.timetz())


class Kept(StrEnum):
    """What is kept for a time of its own."""

    SIGNUP = "signup"
    LINK = "link"
    TYPED = "typed"
    UPLOAD = "upload"
    FAILURES = "failures"
    SESSION = "session"
    BROWSER = "browser"
    LETTER = "letter"
    FAILED_LETTER = "failed_letter"
    UNCONFIRMED_REMINDER = "unconfirmed_reminder"
    UNCONFIRMED_ADDRESS = "unconfirmed_address"
    DECIDED_ADDRESS = "decided_address"
    QUESTION = "question"
    HIRING = "hiring"
    DRAFT = "draft"
    REMOVED_DOCUMENT = "removed_document"
    ACCOUNT = "account"
    CLOSED_ACCOUNT = "closed_account"
    COPY = "copy"
    DOSSIER = "dossier"
    LONG_PERMIT = "long_permit"
    READINGS = "readings"
    SEARCH = "search"
    LOG = "log"


@dataclass(frozen=True)
class Period:
    """How long something is kept.

    `since` is the whole sentence shown, with the placeholder `%(span)s`. `span` is None for what goes with something
    else. `told` is how long before its end the person is told; None where nothing of theirs is lost to them, or where
    they ended it themselves.
    """

    what: str
    since: str
    source: str
    span: Dated[Span] | None = None
    told: Span | None = None

    def over(self, now: datetime) -> datetime:
        """Return the instant before which what is kept began, if its time is over now."""
        assert self.span is not None, "goes with something else"
        return self.span.on(now.date()).before(now)


_OURS = "no text: the service’s choice (RGPD, article 5, 1, e), to be confirmed by the operator"
_BEGUN = date(2026, 11, 1)


def _for(count: int, unit: Unit, since: date = _BEGUN) -> Dated[Span]:
    return Dated(((since, Span(count, unit)),))


_A_DAY, _A_YEAR, _A_MONTH = _for(1, Unit.DAY), _for(1, Unit.YEAR), Span(30, Unit.DAY)

PERIODS: dict[Kept, Period] = {
    Kept.SIGNUP: Period(
        N_("Compte commencé, jamais fini"), N_("%(span)s après le début."), _OURS, span=_A_DAY
    ),
    Kept.LINK: Period(
        N_("Liens et codes reçus par e-mail"), N_("%(span)s après leur fin."), _OURS, span=_A_DAY
    ),
    Kept.TYPED: Period(N_("Réponses tapées et pas encore enregistrées"), N_("%(span)s."), _OURS, span=_A_DAY),
    Kept.UPLOAD: Period(
        N_("Fichier en cours d’envoi, et ce qui en est déjà arrivé"), N_("%(span)s."), _OURS, span=_A_DAY
    ),
    Kept.FAILURES: Period(N_("Essais de mot de passe manqués"), N_("%(span)s."), _OURS, span=_A_DAY),
    Kept.SESSION: Period(
        N_("Session ouverte"),
        N_("Sa trace est effacée %(span)s après la dernière visite."),
        _OURS,
        span=_A_DAY,
    ),
    Kept.BROWSER: Period(
        N_("Navigateur qui a servi à ouvrir votre compte"),
        N_("%(span)s après la dernière connexion."),
        _OURS,
        span=_for(6, Unit.MONTH),
    ),
    Kept.SEARCH: Period(N_("Recherches faites par les agents"), N_("%(span)s."), _OURS, span=_A_YEAR),
    Kept.LETTER: Period(N_("E-mails et SMS envoyés"), N_("%(span)s après l’envoi."), _OURS, span=_A_DAY),
    Kept.FAILED_LETTER: Period(
        N_("E-mails et SMS qui n’ont pas pu partir"),
        N_("%(span)s, pour que vous puissiez corriger l’adresse ou le numéro."),
        _OURS,
        span=_A_YEAR,
    ),
    Kept.UNCONFIRMED_REMINDER: Period(
        N_("Adresse donnée pour un rappel, sans compte"),
        N_(
            "Jusqu’à l’envoi de l’e-mail, ou jusqu’à ce que vous l’effaciez par son lien. Jamais confirmée : %(span)s."
        ),
        _OURS,
        span=_A_DAY,
    ),
    Kept.UNCONFIRMED_ADDRESS: Period(
        N_("Demande de changer d’adresse e-mail, jamais confirmée"),
        N_("%(span)s."),
        _OURS,
        span=_for(2, Unit.DAY),
    ),
    Kept.DECIDED_ADDRESS: Period(
        N_("Demande de changer d’adresse e-mail, décidée"),
        N_("%(span)s après la décision."),
        _OURS,
        span=_A_YEAR,
    ),
    Kept.QUESTION: Period(
        N_("Question posée sans compte, et ses fichiers"), N_("%(span)s."), _OURS, span=_A_YEAR
    ),
    Kept.HIRING: Period(
        N_("Vérification demandée par un employeur, et son reçu"),
        N_("%(span)s. L’employeur garde son exemplaire."),
        _OURS,
        span=_A_YEAR,
    ),
    Kept.DRAFT: Period(
        N_("Demande commencée, jamais déposée"),
        N_("%(span)s après le dernier enregistrement. Nous vous prévenons un mois avant."),
        _OURS,
        span=_for(6, Unit.MONTH),
        told=_A_MONTH,
    ),
    Kept.REMOVED_DOCUMENT: Period(
        N_("Document remplacé ou retiré"),
        N_(
            "D’une demande pas encore déposée : détruit aussitôt. D’une demande déposée : %(span)s, et jamais avant la "
            "fin de la demande."
        ),
        _OURS,
        span=_A_YEAR,
    ),
    Kept.ACCOUNT: Period(
        N_("Compte sans aucune demande déposée"),
        N_("%(span)s après votre dernière connexion. Nous vous prévenons un mois avant."),
        "no text: three years without contact, as the CNIL’s general recommendations have it; to be confirmed",
        span=_for(3, Unit.YEAR),
        told=_A_MONTH,
    ),
    Kept.CLOSED_ACCOUNT: Period(
        N_("Compte que vous supprimez"),
        N_("%(span)s pendant lesquels vous pouvez changer d’avis, puis il est effacé."),
        "RGPD, article 17; the days to change one’s mind are the service’s choice",
        span=_for(14, Unit.DAY),
    ),
    Kept.COPY: Period(
        N_("Copie de vos données que vous avez demandée"), N_("%(span)s."), _OURS, span=_for(7, Unit.DAY)
    ),
    Kept.DOSSIER: Period(
        N_("Demande déposée : réponses, documents, messages, attestations, lettres"),
        N_(
            "%(span)s après la fin du titre et après la dernière chose faite dans le dossier. Nous vous prévenons un "
            "mois avant. Si un tribunal est saisi, le dossier est gardé jusqu’à la fin du procès."
        ),
        "CESEDA R.142-21 (said of AGDREF, whose file an application feeds; that it binds this service follows from "
        "its object: to be confirmed)",
        span=_for(5, Unit.YEAR, date(2021, 5, 1)),
        told=_A_MONTH,
    ),
    Kept.LONG_PERMIT: Period(
        N_("La même, quand la date de fin du nouveau titre n’est pas connue ici"),
        N_(
            "%(span)s après la dernière chose faite dans le dossier : les cartes les plus longues durent dix ans."
        ),
        "CESEDA R.142-21 with the ten years of L.426-17 and others: the longest case, to be confirmed",
        span=_for(15, Unit.YEAR, date(2021, 5, 1)),
        told=_A_MONTH,
    ),
    Kept.READINGS: Period(
        N_("Lectures et actes des agents"),
        N_("Aussi longtemps que le dossier : ils sont effacés avec lui."),
        "RGPD, articles 5, 2 and 32: the record proves who read what",
    ),
    Kept.LOG: Period(
        N_("Journal technique, sans nom, numéro ni réponse"),
        N_("Un an au plus, chez l’hébergeur."),
        "CNIL, délibération 2021-122 of 14/10/2021 (six months to one year); kept and deleted by the operator, see "
        "docs/operations.md",
    ),
}
