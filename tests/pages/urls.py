"""The addresses of the page layer's own tests: the pattern library, a question, its answer."""

from datetime import date
from types import SimpleNamespace

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template import engines
from django.urls import path

from borough.kernel.pages import fields, forms, views

QUESTION = """{% extends "borough/form.html" %}
{% block page_title %}Record a refund{% endblock %}
{% block before_content %}{% back_link "/pattern-library" %}{% endblock %}
{% block heading %}<h1 class="govuk-heading-l">Record a refund</h1>{% endblock %}"""

ANSWER = """{% extends "borough/base.html" %}
{% block page_title %}Refund recorded{% endblock %}
{% block content %}{% panel "Refund recorded" reference="REF-1" %}
<h2 class="govuk-heading-m">What happens next</h2>
<p class="govuk-body">The money arrives within 5 working days.</p>{% endblock %}"""


WAYS = (
    {"text": "Home", "href": "/", "active": False},
    {"text": "Council Tax", "href": "/question", "active": True},
    {"text": "Housing Benefit", "href": "/answer", "active": False},
    {"text": "Partnership", "href": "/answer", "active": False},
)


class Refund(forms.Form):
    amount = fields.MoneyField(what="the amount of the refund", label="How much is the refund?")
    paid_on = fields.DayField(
        what="the day it was paid", label="When was it paid?", latest=date(2026, 11, 22)
    )
    way = fields.ChoiceField(
        what="how it was paid",
        label="How was it paid?",
        choices=[("bank", "To a bank account"), ("cheque", "By cheque")],
    )


def question(request: HttpRequest) -> HttpResponse:
    form = Refund(request.POST or None)
    if form.is_valid():
        messages.success(request, "The refund is on its way")
        return redirect("/answer")
    context = {"form": form, "navigation": WAYS, "actor": SimpleNamespace(name="Erin Officer")}
    return HttpResponse(engines["django"].from_string(QUESTION).render(context, request))


def answer(request: HttpRequest) -> HttpResponse:
    return HttpResponse(engines["django"].from_string(ANSWER).render({}, request))


urlpatterns = [
    path("pattern-library", views.pattern_library, name="pattern-library"),
    path("question", question),
    path("answer", answer, name="purpose"),
    path("sign-out", answer, name="account_logout"),
    path("", answer, name="home"),
]
