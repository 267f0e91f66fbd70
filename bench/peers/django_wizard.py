"""A Django wizard (django-formtools) with the same step, signed in, with sessions and users in SQLite.

Written as its documentation shows, with production settings: no DEBUG, cached templates, kept connections.
With BENCH_ASSETS, a folder of static files, pages and files are compressed; BENCH_TEMPLATE names another template.
"""

import os
from pathlib import Path
from typing import Any

import django
from django import forms
from django.conf import settings

settings.configure(
    DEBUG=False,
    SECRET_KEY="x" * 50,
    ALLOWED_HOSTS=["*"],
    ROOT_URLCONF="bench.peers.django_wizard",
    INSTALLED_APPS=[
        "django.contrib.auth",
        "django.contrib.contenttypes",
        "django.contrib.sessions",
        "formtools",
    ],
    MIDDLEWARE=[
        *(["django.middleware.gzip.GZipMiddleware"] if "BENCH_ASSETS" in os.environ else []),
        "django.middleware.security.SecurityMiddleware",
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.middleware.locale.LocaleMiddleware",
        "django.middleware.common.CommonMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
    ],
    DATABASES={
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": os.environ["BENCH_DATABASE"],
            "CONN_MAX_AGE": None,
        }
    },
    TEMPLATES=[
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "DIRS": [Path(__file__).parent / "templates"],
        }
    ],
    LANGUAGE_CODE="fr",
    USE_I18N=True,
)
django.setup()

# What follows may be imported only once Django is configured.
from django.contrib.auth.decorators import login_required  # noqa: E402 – once Django is configured
from django.core.wsgi import get_wsgi_application  # noqa: E402 – once Django is configured
from django.http import HttpResponse  # noqa: E402 – once Django is configured
from django.urls import path  # noqa: E402 – once Django is configured
from formtools.wizard.views import NamedUrlSessionWizardView  # noqa: E402 – once Django is configured
from whitenoise import WhiteNoise  # noqa: E402 – once Django is configured

from app.domain.journeys.journey import Step  # noqa: E402 – once Django is configured
from app.domain.journeys.questions import Kind, Question  # noqa: E402 – once Django is configured
from app.domain.procedures.student import STUDENT_RENEWAL  # noqa: E402 – once Django is configured


def _field(question: Question) -> forms.Field:
    options: dict[str, Any] = {
        "label": question.label,
        "help_text": question.hint,
        "required": question.required,
    }
    choices = [(option.key, option.label) for option in question.options]
    if question.kind is Kind.CHOICE:
        return forms.ChoiceField(choices=choices, widget=forms.RadioSelect, **options)
    if question.kind is Kind.CHOICES:
        return forms.MultipleChoiceField(choices=choices, widget=forms.CheckboxSelectMultiple, **options)
    if question.kind is Kind.SELECT:
        return forms.ChoiceField(choices=[("", "Choisir"), *choices], **options)
    if question.kind is Kind.DATE:
        return forms.DateField(widget=forms.SelectDateWidget(years=range(2020, 2030)), **options)
    if question.kind is Kind.LONG_TEXT:
        return forms.CharField(widget=forms.Textarea, **options)
    return forms.CharField(max_length=question.max_length, **options)


def _form(step: Step) -> type[forms.Form]:
    return type(step.slug.title(), (forms.Form,), {q.key: _field(q) for q in step.questions})


class Wizard(NamedUrlSessionWizardView):  # type: ignore[misc]  # formtools has no types
    """The three forms of the application."""

    template_name = os.environ.get("BENCH_TEMPLATE", "step.html")

    def done(self, form_list: Any, **options: Any) -> HttpResponse:
        """Return an answer; not reached by the benchmark."""
        return HttpResponse("done")


_STEPS = [(step.slug, _form(step)) for step in STUDENT_RENEWAL.steps[:3]]
urlpatterns = [
    path(
        "demande/<slug:step>",
        login_required(Wizard.as_view(_STEPS, url_name="step", done_step_name="fin")),
        name="step",
    )
]
application = get_wsgi_application()
if "BENCH_ASSETS" in os.environ:
    application = WhiteNoise(application, root=os.environ["BENCH_ASSETS"], prefix="/assets/", max_age=86_400)


def prepare() -> str:
    """Create the tables, a signed-in user and a wizard in progress; return the cookie of their browser."""
    from django.contrib.auth.models import User
    from django.core.management import call_command
    from django.test import Client

    call_command("migrate", verbosity=0)
    client = Client()
    client.force_login(User.objects.create_user("someone", password="x" * 20))
    client.get(f"/demande/{_STEPS[0][0]}")
    return f"sessionid={client.cookies['sessionid'].value}"
