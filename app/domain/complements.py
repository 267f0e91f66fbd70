"""Why a document is asked for again: ready sentences a person can act on, and the agent's own words.

A reason is kept as text, the ready sentence first, so that it stays true when this table changes;
`sentences` finds the ready one again, so that it is shown in the reader's language.
"""

from app.domain.decisions import SENTENCES as DECIDED
from app.domain.questions import Option
from app.domain.text import N_

OWN_WORDS = "other"

REASONS: tuple[Option, ...] = (
    Option(
        "illegible",
        N_("Illisible"),
        N_("Ce document est illisible. Refaites la photo à plat, en pleine lumière, sans couper les bords."),
    ),
    Option(
        "too_old",
        N_("Trop ancien"),
        N_("Ce document est trop ancien. Envoyez-en un plus récent : la limite est écrite sous son nom."),
    ),
    Option(
        "incomplete",
        N_("Incomplet"),
        N_("Il manque des pages. Envoyez toutes les pages, recto et verso."),
    ),
    Option(
        "wrong_document",
        N_("Autre document"),
        N_("Ce n’est pas le document demandé. Lisez son nom et sa description, puis envoyez le bon."),
    ),
    Option(
        "wrong_person",
        N_("Autre personne"),
        N_("Ce document ne porte pas votre nom. Envoyez un document à votre nom."),
    ),
    Option(
        "not_translated",
        N_("Non traduit"),
        N_("Ce document n’est pas en français. Ajoutez la traduction d’un traducteur agréé."),
    ),
    Option(
        "mismatch",
        N_("Ne correspond pas à la réponse"),
        N_("Ce document ne dit pas la même chose que votre réponse. Envoyez un document qui la prouve."),
    ),
    Option(
        "not_given",
        N_("Non fourni"),
        N_("Ce document manque. Envoyez-le, ou écrivez pourquoi vous ne l’avez pas."),
    ),
    Option(OWN_WORDS, N_("Autre motif"), ""),
)

# Each ready sentence by its key.
READY = {option.key: option.hint for option in REASONS if option.hint}
_SENTENCES = frozenset(READY.values()) | DECIDED


def reason(key: str, words: str) -> str:
    """The text kept for a reason chosen and the agent's own words; empty when neither says anything."""
    return "\n".join(filter(None, (READY.get(key, ""), words.strip())))


def sentences(text: str) -> tuple[tuple[str, bool], ...]:
    """The lines of a kept reason; True marks a ready sentence, which has a translation."""
    return tuple((line, line in _SENTENCES) for line in text.splitlines() if line.strip())
