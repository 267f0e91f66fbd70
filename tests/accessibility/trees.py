"""The pages whose accessibility tree is kept, and the person who opens each."""

ANYBODY = ""
DRAFT, ASKED, FAVOURABLE, CARD, LATE = (f"99200001{n:02}" for n in (1, 4, 5, 6, 10))
AGENT, SUPERVISOR, ADMINISTRATOR = "agent.lyon@exemple.fr", "responsable.lyon@exemple.fr", "admin@exemple.fr"

PAGES = {
    "home": (ANYBODY, "/fr/"),
    "procedures": (ANYBODY, "/fr/demarches/titre"),
    "presentation": (ANYBODY, "/fr/titre/etudiant"),
    "account": (ANYBODY, "/fr/compte/creer"),
    "sign-in": (ANYBODY, "/en/compte/connexion"),
    "check": (ANYBODY, "/fr/verifier"),
    "contact": (ANYBODY, "/fr/aide/contact"),
    "questions": (ANYBODY, "/en/aide"),
    "arabic-home": (ANYBODY, "/ar/"),
    "step": (DRAFT, "/fr/demande/etudiant/informations-personnelles"),
    "documents": (DRAFT, "/fr/demande/etudiant/justificatifs"),
    "space-asked": (ASKED, "/fr/suivi/"),
    "complement": (ASKED, "/fr/suivi/69-2026-000003-9/complement"),
    "details": (ASKED, "/en/suivi/coordonnees"),
    "space-favourable": (FAVOURABLE, "/fr/suivi/"),
    "space-card": (CARD, "/fr/suivi/"),
    "space-late": (LATE, "/fr/suivi/"),
    "queue": (AGENT, "/fr/agents/"),
    "dossier": (AGENT, "/fr/agents/dossiers/69-2026-000003-9"),
    "figures": (SUPERVISOR, "/fr/agents/chiffres"),
    "members": (ADMINISTRATOR, "/fr/administration/"),
}
