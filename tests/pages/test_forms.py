"""How a form is drawn: ids that error links find, hints and errors that are read out."""

from typing import Any

import pytest
from django import forms as django_forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template import engines

from borough.kernel.pages import fields, forms, patterns
from tests import markup


def drawn(form: django_forms.BaseForm) -> markup.Document:
    page = "{% error_summary form %}<form>{{ form }}</form>"
    html = engines["django"].from_string(page).render({"form": form})
    return markup.parse(f'<!DOCTYPE html><html lang="en-GB"><title>x</title>{html}</html>')


@pytest.mark.parametrize("data", [None, {}, patterns.MISTAKEN])
def test_a_form_is_strict_html_with_ids_that_meet(data: dict[str, str] | None) -> None:
    page = drawn(patterns.EveryField(data))
    assert not page.faults
    markup.check_ids(page)
    markup.check_error_links(page)


@pytest.mark.parametrize("name", list(patterns.EveryField().fields))
def test_the_first_control_of_every_field_has_the_fields_id(name: str) -> None:
    control = drawn(patterns.EveryField()).by_id(f"id_{name}")
    assert control is not None
    assert control.tag in markup.FOCUSABLE
    assert control.get("required") is None, "the browser's bubbles would come before ours"


@pytest.mark.parametrize("name", list(patterns.EveryField().fields))
def test_every_mistake_links_to_its_field(name: str) -> None:
    form = patterns.EveryField(patterns.MISTAKEN)
    form.add_error(name, "Say something else")
    links = [each.get("href") for each in drawn(form).all("a")]
    assert f"#id_{name}" in links


def test_a_hint_and_a_mistake_are_both_read_out_with_the_control() -> None:
    page = drawn(patterns.EveryField({}))
    control = page.by_id("id_reference")
    assert control is not None
    assert control.get("aria-describedby") == "id_reference-hint id_reference-error"
    error = page.by_id("id_reference-error")
    assert error is not None
    assert markup.words(error) == "Error: Enter an account reference"


def test_a_group_is_described_as_a_whole() -> None:
    page = drawn(patterns.EveryField({}))
    described = {each.get("aria-describedby") for each in page.all("fieldset")}
    assert described >= {"id_starts-hint id_starts-error", "id_reason-error"}
    assert len(page.all("legend")) == len(page.all("fieldset"))


def test_only_the_boxes_that_are_wrong_are_marked() -> None:
    page = drawn(
        patterns.EveryField({"starts_day": "1", "starts_month": "", "starts_year": "2026"})
    )
    wrong = [e.get("id") for e in page.all("input") if "govuk-input--error" in e.get("class", "")]
    assert "id_starts_month" in wrong
    assert "id_starts" not in wrong
    assert "#id_starts_month" in [each.get("href") for each in page.all("a")]


def test_a_mistake_of_the_whole_form_stands_first_without_a_link() -> None:
    form = patterns.EveryField({})
    form.add_error(None, "This account is closed.")
    items = drawn(form).all("li")
    assert markup.words(items[0]) == "This account is closed."
    assert not list(items[0].iter("a"))


def test_what_was_chosen_is_chosen_again() -> None:
    page = drawn(patterns.EveryField({"contact": ["email"], "reason": "mistake"} | {"band": "C"}))
    ticked = [e.get("value") for e in page.all("input") if e.get("checked") is not None]
    assert ticked == ["mistake", "email"]
    assert [e.get("value") for e in page.all("option") if e.get("selected") is not None] == ["C"]


def test_a_password_is_never_sent_back() -> None:
    control = drawn(patterns.EveryField({"password": "secret words"})).by_id("id_password")
    assert control is not None
    assert not control.get("value")


def test_a_question_that_may_stay_empty_says_so() -> None:
    def labels(form: Any) -> list[str]:
        return [markup.words(each) for each in drawn(form).all("label", "legend")]

    assert "What is their email address? (optional)" in labels(patterns.EveryField())
    assert not [label for label in labels(patterns.Accounts({})) if "optional" in label]


def test_the_forms_of_libraries_are_drawn_alike() -> None:
    class SignIn(django_forms.Form):
        login = django_forms.EmailField(widget=django_forms.EmailInput({"autocomplete": "email"}))
        password = django_forms.CharField(widget=django_forms.PasswordInput)
        remember = django_forms.BooleanField(required=False)
        turn = django_forms.CharField(widget=django_forms.HiddenInput, initial="7")

    page = drawn(SignIn({}))
    assert not page.faults
    markup.check_error_links(page)
    login = page.by_id("id_login")
    assert login is not None
    assert login.get("autocomplete") == "email"
    assert "govuk-input" in login.get("class", "")


def test_one_question_can_be_the_heading_of_its_page() -> None:
    class Question(forms.Form):
        starts = fields.DayField(what="a day", label="When did they move?")

    tag = "{% field form.starts heading=True %}"
    html = engines["django"].from_string(tag).render({"form": Question()})
    [heading] = markup.parse(f"<!DOCTYPE html><title>x</title>{html}").all("h1")
    assert markup.words(heading) == "When did they move?"


def test_a_file_of_another_kind_is_refused() -> None:
    class Evidence(forms.Form):
        file = fields.UploadField(what="a PDF", label="File", extensions=frozenset({"pdf"}))

    def errors(file: SimpleUploadedFile | None) -> list[str]:
        return Evidence({}, {"file": file} if file else {}).errors.get("file", [])

    assert errors(SimpleUploadedFile("a.PDF", b"%PDF-")) == []
    assert errors(SimpleUploadedFile("a.exe", b"MZ")) == ["The selected file must be a PDF"]
    assert errors(SimpleUploadedFile("a.pdf", b"")) == ["The selected file is empty"]
    assert errors(None) == ["Select a PDF"]


def test_what_a_question_lets_choose_is_said_by_the_page() -> None:
    form = patterns.EveryField()
    name = next(
        name for name, one in form.fields.items() if isinstance(one, django_forms.ChoiceField)
    )
    forms.offer(form, name, (pair for pair in [("a", "First"), ("b", "Second")]))
    assert forms.offered(form, name) == ["a", "b"]
    assert "Second" in str(form[name])
    other = next(
        name for name, one in form.fields.items() if isinstance(one, django_forms.IntegerField)
    )
    with pytest.raises(TypeError, match="no question with choices"):
        forms.offer(form, other, [])
