"""The sentences that tell where a dossier stands: one for each meaning, for pages, messages and papers alike.

Placeholders are days of the standing: %(until)s, %(ended)s, %(permit)s, %(lost)s, %(issued)s, %(answer)s,
%(refused)s, %(latest)s; and the lengths of time of `rules.remedies.DELAYS`.
"""

from collections.abc import Iterator
from datetime import date

from app.domain.dossiers.standing import Follows, Held, Standing, Todo
from app.domain.text import N_

HELD: dict[Held, str] = {
    Held.UNTOUCHED: N_("Cette démarche n’ajoute et ne retire aucun droit au séjour."),
    Held.PERMIT: N_("Votre titre ou votre visa prouve vos droits jusqu’au %(until)s."),
    Held.LOST: N_(
        "Vous avez déclaré votre titre perdu, volé ou abîmé : il n’est plus valable depuis le %(lost)s. Votre droit au "
        "séjour, lui, n’est pas retiré."
    ),
    Held.EXTENSION: N_(
        "Votre attestation de prolongation prouve que votre séjour est régulier jusqu’au %(until)s. Montrez-la avec "
        "votre titre ou votre visa, même expiré."
    ),
    Held.FAVOURABLE: N_(
        "Votre attestation de décision favorable prouve que votre séjour est régulier jusqu’à la remise de votre "
        "carte. Montrez-la avec votre titre ou votre visa, même expiré."
    ),
    Held.BY_LAW: N_(
        "Votre titre a expiré le %(permit)s. Il dure quatre ans ou plus et vous avez demandé son renouvellement : il "
        "prouve encore vos droits jusqu’au %(until)s (article L.433-3)."
    ),
    Held.CARD: N_("Votre nouvelle carte prouve vos droits."),
    Held.NOTHING: N_(
        "Votre titre ou votre dernière attestation a expiré le %(ended)s : aucun document ne prouve plus votre droit "
        "au séjour."
    ),
}

FOLLOWS: dict[Follows, str] = {
    Follows.AUTOMATIC: N_(
        "Si aucune décision n’est prise d’ici là, une attestation de prolongation arrive automatiquement "
        "dans votre espace à partir du %(issued)s."
    ),
    Follows.OVERDUE: N_(
        "Une attestation de prolongation devrait déjà être là. Ce retard vient du service, pas de vous."
    ),
    Follows.ON_TAKING: N_(
        "Si la décision tarde, une attestation de prolongation prend la suite dès qu’un agent a ouvert votre dossier. "
        "Ce n’est pas encore fait."
    ),
    Follows.ON_REQUEST: N_(
        "Vous avez déposé après la date limite : l’attestation de prolongation n’est pas automatique. Le service peut "
        "vous l’accorder."
    ),
    Follows.WITHHELD: N_(
        "Le service a décidé de ne pas émettre d’attestation de prolongation. Il peut revenir sur cette décision."
    ),
    Follows.FAVOURABLE: N_(
        "Votre demande est acceptée, mais l’attestation de décision favorable n’est pas encore émise."
    ),
    Follows.CARD: "",
    Follows.NOTHING: "",
}

WRITE = N_(
    "Écrivez au service depuis votre espace. Une association, un avocat ou un point d’accès au droit peut vous aider, "
    "souvent gratuitement."
)
NOTHING_TO_DO = N_("Vous n’avez rien à faire.")

# What silence means: before the legal answer date, and after it.
ANSWER_BY = N_(
    "La loi donne au service jusqu’au %(answer)s pour répondre. Sans réponse à cette date, elle considère une demande "
    "complète comme refusée : vous avez alors %(remedy)s pour contester."
)
# While documents are awaited (Conseil d'État, avis of 10/10/2024 nos 493514 and 494718).
INCOMPLETE = N_(
    "S’il manque un document indispensable, ce silence refuse seulement d’enregistrer la demande, et ne se conteste pas "
    "au tribunal : envoyez ce document."
)
REFUSED = N_(
    "La date légale de réponse, le %(answer)s, est passée : depuis le %(refused)s, la loi considère la demande comme "
    "refusée. Le service peut encore décider, et sa décision remplace ce refus."
)
# With a request for documents, which may have stopped the time: nobody can tell which of two dates counts.
MAY_STOP = N_(
    "Ce délai peut s’arrêter pendant que le service attend vos documents : la date serait alors le %(latest)s au plus "
    "tard. Répondre tôt le fait repartir."
)
# The same once the documents were sent: nothing that the person does moves it any more.
MAY_BE_LATER = N_(
    "Ce délai a pu s’arrêter pendant que le service attendait vos documents : la date serait alors le %(latest)s au plus "
    "tard."
)
MAY_HAVE_STOPPED = N_(
    "Si le délai s’est arrêté pendant la demande de documents, le service a encore jusqu’au %(latest)s."
)
DESPITE_EXTENSION = N_("Votre attestation de prolongation ne change pas cette date.")

# What happens if a request stays unanswered: before its date, and once it is past.
_UNANSWERED = (
    N_(
        "Vous pouvez encore répondre après cette date. Votre dossier ne se ferme pas automatiquement, mais "
        "l’instruction attend, et le service peut le fermer."
    ),
    N_(
        "Vous pouvez encore répondre. Votre dossier ne se ferme pas automatiquement, mais l’instruction attend, et le "
        "service peut le fermer."
    ),
)
_UNANSWERED_DESK = (
    N_(
        "L’usager peut encore répondre après cette date. Le dossier ne se ferme pas automatiquement : "
        "l’instruction attend, et vous pouvez le fermer."
    ),
    N_(
        "L’usager peut encore répondre. Le dossier ne se ferme pas automatiquement : l’instruction attend, et vous "
        "pouvez le fermer."
    ),
)

# The same in the few words of the desk: what ends rights where no day does, and what follows them.
DESK_ENDLESS: dict[Held, str] = {
    Held.UNTOUCHED: N_("inchangés"),
    Held.FAVOURABLE: N_("à la remise"),
    Held.CARD: N_("carte remise"),
}
DESK: dict[Follows, str] = {
    Follows.AUTOMATIC: N_("automatique, le %(issued)s"),
    Follows.OVERDUE: N_("en retard : rien n’est émis"),
    Follows.ON_TAKING: N_("à la prise en charge"),
    Follows.ON_REQUEST: N_("aucune, déposé hors délai"),
    Follows.WITHHELD: N_("arrêtée par un agent"),
    Follows.FAVOURABLE: N_("attestation de décision favorable à émettre"),
    Follows.CARD: "",
    Follows.NOTHING: "",
}


def rights(stand: Standing) -> tuple[str, ...]:
    """Return the sentences on what the person holds and what follows."""
    return tuple(filter(None, (HELD[stand.held], FOLLOWS[stand.follows])))


def unanswered(past: bool) -> str:
    """Return what happens if a request for documents stays unanswered, or did: its date is `past`."""
    return _UNANSWERED[past]


def unanswered_desk(past: bool) -> str:
    """Return the same for agents."""
    return _UNANSWERED_DESK[past]


def silence(stand: Standing) -> tuple[str, ...]:
    """Return the sentences on what silence means, none if the law attaches nothing to it."""
    return tuple(_silence(stand))


def _silence(stand: Standing) -> Iterator[str]:
    heard = stand.silence
    if heard is None:
        return
    disputed = heard.disputed_until
    yield REFUSED if heard.refused else ANSWER_BY
    if disputed and disputed >= stand.today:
        awaited = Todo.ANSWER in stand.todo
        yield MAY_HAVE_STOPPED if heard.refused else MAY_STOP if awaited else MAY_BE_LATER
    if not heard.refused and Todo.ANSWER in stand.todo:
        yield INCOMPLETE
    if not heard.refused and stand.held is Held.EXTENSION:
        yield DESPITE_EXTENSION


def days(stand: Standing) -> dict[str, date]:
    """Return the days that the sentences of a standing name, by placeholder."""
    named = {
        "until": stand.held_until,
        "ended": stand.facts.rights_end,
        "permit": stand.facts.permit_end,
        "lost": stand.facts.lost_on,
        "issued": stand.issued_from,
        "answer": stand.silence.on if stand.silence else None,
        "refused": stand.silence.refuses_from if stand.silence else None,
        "latest": stand.silence.disputed_until if stand.silence else None,
    }
    return {name: day for name, day in named.items() if day}
