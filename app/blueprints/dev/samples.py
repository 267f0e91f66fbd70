"""Sample fields, documents, steps and answers in every state, for the page of components."""

from datetime import date

from app.forms.views import FieldView
from app.presenters.applicants.slots import FileView, RefusedView, SlotView
from app.presenters.applicants.stepper import StepView

_OPTIONS = (
    ("a", "Première réponse", ""),
    ("b", "Deuxième réponse", "avec une précision"),
    ("c", "Ailleurs", ""),
)
_INNER = FieldView("inner", "text", "Lequel ?", width="w20")

FIELDS = (
    FieldView("line", "text", "Une ligne", hint="Une aide courte.", value="Nguyễn Thị Ánh"),
    FieldView(
        "wrong", "text", "Une ligne en erreur", value="12", error="Ce numéro a 2 chiffres. Il en faut 10."
    ),
    FieldView("other", "text", "Enregistré ailleurs", value="Lyon", other_value="Villeurbanne", width="w20"),
    FieldView("long", "long_text", "Plusieurs lignes", required=False, value="Deux phrases."),
    FieldView("day", "date", "Une date", hint="Par exemple : 7 09 2026", value=("7", "09", "2026")),
    FieldView(
        "no_day",
        "date",
        "Une date en erreur",
        value=("31", "11", "2026"),
        error="Le 31/11/2026 n’existe pas.",
    ),
    FieldView("list", "select", "Une liste", options=_OPTIONS, value="b", width="w20"),
    FieldView("one", "choice", "Un choix", options=_OPTIONS, value="c", revealed={"c": (_INNER,)}),
    FieldView("many", "choices", "Plusieurs choix", options=_OPTIONS, value=["a", "b"]),
    FieldView(
        "none",
        "choice",
        "Un choix en erreur",
        options=_OPTIONS,
        error="Choisissez une réponse.",
        missing=True,
    ),
    FieldView("secret", "password", "Un mot de passe", autocomplete="new-password"),
    FieldView("ticked", "checkbox", "Je certifie que c’est exact.", value="yes"),
    FieldView("letters", "code", "Un code", value="7K2M 9QXA 41TB", width="w20"),
    FieldView("money", "money", "Un montant", value="877,50", width="w10", inputmode="decimal"),
)

_FILE = FileView(1, "carte-recto.jpg", 1, 184_000, "#", "", "#")
_SCANNED = FileView(2, "releve.pdf", 3, 1_420_000, "#", "", "#", waiting=True)

SLOTS = (
    SlotView("empty", "Passeport", "Pages d’identité et visas.", "empty", upload_url="#", explain_url="#"),
    SlotView("received", "Titre de séjour", "", "received", (_FILE,), upload_url="#", explain_url="#"),
    SlotView("scanned", "Relevé de notes", "", "wait", (_SCANNED,), upload_url="#", explain_url="#"),
    SlotView(
        "refused",
        "Justificatif de domicile",
        "",
        "refused",
        refused=(
            RefusedView(
                "« facture.pdf » est protégé par un mot de passe.",
                "Faites une capture d’écran de chaque page et envoyez les images.",
            ),
        ),
        upload_url="#",
        explain_url="#",
    ),
    SlotView(
        "letter",
        "Attestation bancaire",
        "",
        "wait",
        explanation="Ma banque l’envoie sous dix jours.",
        upload_url="#",
        explain_url="#",
    ),
)

STEPS = (
    StepView(1, "Informations personnelles", "done", "#"),
    StepView(2, "Motif de séjour", "now", ""),
    StepView(3, "Ressources", "to_come", ""),
    StepView(4, "Justificatifs", "to_come", ""),
    StepView(5, "Récapitulatif", "to_come", ""),
    StepView(6, "Confirmation", "to_come", ""),
)

TRACK = (
    ("Dépôt de la demande", "done", date(2026, 10, 12), "12 octobre 2026", ""),
    (
        "Instruction en cours",
        "now",
        date(2026, 11, 4),
        "depuis le 4 novembre 2026",
        "Un agent étudie le dossier.",
    ),
    ("Réponse attendue", "late", date(2026, 11, 21), "avant le 21 novembre 2026", "Une conséquence."),
    ("Titre disponible", "", None, "", "À venir."),
)

ROWS = (
    ("Diplôme", "Master, 2e année", "#contenu"),
    ("Adresse", "29 rue du Professeur-Rochaix, 69003 Lyon", "#contenu"),
    ("Nationalité", "vietnamienne", ""),
)

# The context of the page of components.
SAMPLES = {
    "fields": FIELDS,
    "slots": SLOTS,
    "steps_sample": STEPS,
    "track_sample": TRACK,
    "rows_sample": ROWS,
}
