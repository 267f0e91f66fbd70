"""Accounts that one administrator gave, for a second person to accept or decline."""

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from app.domain.dossiers.ranks import RANK_TITLES
from app.services.staff import acceptance
from app.services.staff.acceptance import NotTheirs
from app.storage.people import administration as store
from app.web.current import agent, now
from app.web.pages.rendering import render_page


def newcomers() -> Response:
    """List the accounts that wait for the agent."""
    return render_page(
        "agents/newcomers.html",
        waiting=acceptance.waiting_for(agent()),
        ranks={str(rank): title for rank, title in RANK_TITLES.items()},
        done=request.args.get("fait", ""),
    )


def judge(number: int) -> Response:
    """Accept or decline an account; anything else than the two buttons declines nothing."""
    decision = request.form.get("decision", "")
    try:
        if decision == "accepte":
            acceptance.accept(store.member(number), agent(), now())
        elif decision == "refuse":
            acceptance.decline(store.member(number), agent(), now())
    except NotTheirs:
        decision = "trop-tard"
    return redirect(url_for("agents.newcomers", fait=decision or None), 303)
