"""What an agent is asked before an act, declared as applicants' questions are, and the words of each act."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

from app.domain.journeys.checks import some_words
from app.domain.journeys.journey import Step
from app.domain.journeys.questions import Case, Kind, Option, Question
from app.domain.text import N_, Problem


@dataclass(frozen=True)
class Words:
    """How an act is named: on its button, on its page, once it is done."""

    button: str
    title: str
    sentence: str
    done: str
    danger: bool = False


ACTS: dict[str, Words] = {
    "take": Words(
        N_("Prendre le dossier"),
        N_("Prendre ce dossier ?"),
        N_("L’instruction commence. Si les droits de l’usager finissent bientôt, son attestation part."),
        N_("Vous avez pris le dossier. L’usager est prévenu."),
    ),
    "ask": Words(
        N_("Demander des documents"),
        N_("Quels documents demander ?"),
        N_("L’usager lit le motif de chaque document. Rien ne se ferme tout seul après la date."),
        N_("La demande est partie. L’usager est prévenu."),
    ),
    "approve": Words(
        N_("Décision favorable"),
        N_("Décision favorable ?"),
        N_("L’usager est prévenu. Il reçoit la lettre, et l’attestation que la démarche prévoit."),
        N_("La décision favorable est prise. L’usager est prévenu."),
    ),
    "refuse": Words(
        N_("Décision défavorable"),
        N_("Décision défavorable ?"),
        N_("L’usager est prévenu. Il lit le motif, les recours et la lettre."),
        N_("La décision défavorable est prise. L’usager est prévenu."),
        danger=True,
    ),
    "close": Words(
        N_("Clore le dossier"),
        N_("Clore ce dossier ?"),
        N_("Sans décision sur le fond. L’usager lit pourquoi et comment demander la réouverture."),
        N_("Le dossier est clos. L’usager est prévenu."),
    ),
    "reopen": Words(
        N_("Rouvrir le dossier"),
        N_("Rouvrir ce dossier ?"),
        N_("L’instruction reprend, et avec elle les attestations de prolongation que la loi prévoit."),
        N_("Le dossier est rouvert. L’usager est prévenu."),
    ),
    "produce": Words(
        N_("Mettre en fabrication"),
        N_("Le titre est en fabrication ?"),
        N_("L’usager voit que sa carte se fabrique. Vous l’annoncez quand elle arrive."),
        N_("Le titre est en fabrication. L’usager est prévenu."),
    ),
    "answer_time": Words(
        N_("Répondre à la demande de délai"),
        N_("Donner plus de temps ?"),
        N_("L’usager lit votre réponse tout de suite."),
        N_("Votre réponse est partie."),
    ),
    "withhold": Words(
        N_("Ne pas prolonger"),
        N_("Ne plus émettre d’attestation de prolongation ?"),
        N_(
            "La loi oblige à prolonger un dossier complet déposé à temps. L’usager lit le motif que vous écrivez."
        ),
        N_("Aucune attestation ne partira plus toute seule. L’usager est prévenu, avec votre motif."),
        danger=True,
    ),
    "cover": Words(
        N_("Accorder la prolongation"),
        N_("Émettre les attestations de prolongation ?"),
        N_("Elles partent alors toutes seules, avant chaque fin de droits, jusqu’à la décision."),
        N_("La prolongation est accordée. L’usager est prévenu dès qu’une attestation part."),
    ),
    "assign": Words(
        N_("Confier le dossier"),
        N_("Confier ce dossier à qui ?"),
        N_("Son état ne change pas. La personne choisie le voit dans « Les miens »."),
        N_("Le dossier est confié."),
    ),
    "pass_on": Words(
        N_("Passer le dossier"),
        N_("Passer ce dossier à qui ?"),
        N_("Son état ne change pas. La personne choisie le voit dans « Les miens »."),
        N_("Le dossier est passé à votre collègue."),
    ),
    "claim": Words(
        N_("Reprendre le dossier"),
        N_("Reprendre ce dossier ?"),
        N_("Il devient le vôtre. Son état ne change pas. Si un collègue l’avait, il le voit dans sa liste."),
        N_("Le dossier est maintenant le vôtre."),
    ),
    "announce": Words(
        N_("Annoncer le titre"),
        N_("Le titre est disponible ?"),
        N_("L’usager est prévenu par mail et par SMS : où venir, et quel timbre fiscal acheter."),
        N_("Le titre est annoncé. L’usager est prévenu."),
    ),
    "hand_over": Words(
        N_("Titre remis"),
        N_("Le titre est remis ?"),
        N_("Le dossier est alors terminé."),
        N_("Le titre est remis. Le dossier est terminé."),
    ),
}

NOTE = Step(
    "note",
    N_("Notes internes"),
    "",
    (
        Question(
            "note",
            Kind.LONG_TEXT,
            N_("Nouvelle note"),
            hint=N_("Restez factuel : l’usager peut en demander copie (RGPD, article 15)."),
            checks=(some_words,),
            max_length=2000,
        ),
    ),
)

MOST_EXPENSIVE = 100_000  # cents: dearer than any stamp, so a slip of the keyboard


def _stamp(value: Any, case: Case) -> Problem | None:
    """An amount, in cents, that an e-stamp can have."""
    if value > MOST_EXPENSIVE:
        return Problem(N_("Ce montant dépasse 1 000 €. Vérifiez les zéros."))
    return None


WITHHOLDING = Step(
    "withhold",
    ACTS["withhold"].title,
    ACTS["withhold"].sentence,
    (
        Question(
            "reason",
            Kind.LONG_TEXT,
            N_("Motif, lu par l’usager"),
            hint=N_("Ce qui manque au dossier, ou la règle. Il peut alors y répondre."),
            checks=(some_words,),
            max_length=2000,
        ),
    ),
)

REVOCATION = Step(
    "revoke",
    N_("Retirer une attestation ?"),
    "",
    (
        Question(
            "reason",
            Kind.LONG_TEXT,
            N_("Motif, lu par l’usager"),
            checks=(some_words,),
            max_length=2000,
        ),
    ),
)

ANNOUNCEMENT = Step(
    "announce",
    ACTS["announce"].title,
    ACTS["announce"].sentence,
    (
        Question(
            "place",
            Kind.LONG_TEXT,
            N_("Lieu et horaires de remise"),
            checks=(some_words,),
            max_length=1000,
        ),
        Question(
            "amount",
            Kind.MONEY,
            N_("Montant du timbre fiscal"),
            hint=N_("En euros. Proposé d’après la règle : changez-le si la situation le demande."),
            checks=(_stamp,),
            width="w10",
        ),
    ),
)


COLLEAGUE = "to"  # the question that holds who is chosen


@cache
def hands_step(action: str, colleagues: tuple[tuple[int, str], ...]) -> Step:
    """To whom a dossier goes: `colleagues` are ids and names. Who passes on their own can leave a note."""
    options = tuple(Option(str(number), name) for number, name in colleagues)
    note = Question(
        "reason",
        Kind.LONG_TEXT,
        N_("Un mot pour votre collègue"),
        hint=N_("L’usager ne le lit pas. Il reste dans l’historique du dossier."),
        required=False,
        max_length=500,
    )
    chosen = Question(
        COLLEAGUE,
        Kind.SELECT,
        N_("Collègue"),
        options=options,
        checks=(_listed(frozenset(option.key for option in options)),),
        width="w20",
    )
    words = ACTS[action]
    return Step(action, words.title, words.sentence, (chosen, note) if action == "pass_on" else (chosen,))


def _listed(numbers: frozenset[str]) -> Callable[[Any, Case], Problem | None]:
    """One of the colleagues listed, even where the list is empty."""

    def check(value: Any, case: Case) -> Problem | None:
        return None if value in numbers else Problem(N_("Choisissez une des réponses proposées."))

    return check
