"""Handler that makes the copy of an applicant's data."""

import json

from flask import g

from app.jobs.work import Work
from app.presenters.applicants import own_data
from app.services.own_data import copies
from app.storage.models import DataCopy
from app.web.localisation.language import gettext as _
from app.web.pages.rendering import render


def make_copy(work: Work) -> None:
    """Make the copy of an account's data, with a readable page in the language in which it was asked for."""
    number = int(work.payload["copy"])
    copy = DataCopy.get_or_none(DataCopy.id == number)
    if copy is None:
        return
    with work.app.app_context():
        g.language = copy.language
        summary = own_data.summary(copy.account, copy.language, work.now)
        texts = {
            _("lisez-moi.html"): render(
                copy.language, "suivi/own_data_summary.html", operator=work.settings.operator, **summary
            ),
            "donnees.json": json.dumps(own_data.data(copy.account, work.now), ensure_ascii=False, indent=1),
        }
        left_out = _("absents.txt")
    copies.make(number, texts, left_out, work.gateways.files, work.now)
