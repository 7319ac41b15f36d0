"""Coming in and going out: with a password, or for the first time with the code of a letter."""

from allauth.core import ratelimit
from django import forms as django_forms
from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render

from borough.kernel import clock, commanding, doing, joining
from borough.kernel.pages import fields, forms, one_use
from borough.kernel.visits import public
from borough.resident.own import capabilities, codes, commands, door

DOOR = "residents come in here: nothing is shown before the password or the code is right"
ACTION = "own_door"
LATER = "There were too many attempts. Wait five minutes and try again."
WRONG = "Enter the email address and password of your own account."
NO_CODE = (
    "This code and date of birth do not open an account. Check both, or ask us for another letter."
)
BY = commanding.system("own-door", capabilities.KEEP_OWN)


def _email() -> fields.EmailField:
    return fields.EmailField(
        what="your email address",
        label="Your email address",
        widget=django_forms.EmailInput({"autocomplete": "username", "spellcheck": "false"}),
    )


class SignIn(forms.Form):
    email = _email()
    password = fields.PasswordField(what="your password", label="Your password")


class Code(forms.Form):
    code = fields.TextField(
        what="the code from the letter",
        label="What is the code in the letter?",
        help_text="Twelve letters and digits. Spaces do not matter.",
        max_length=20,
        widget=django_forms.TextInput({"autocomplete": "off", "spellcheck": "false"}),
    )
    born = fields.DayField(
        what="your date of birth",
        label="What is your date of birth?",
        help_text="For example 27 3 1980. Leave it empty if you never gave it to us.",
        required=False,
    )
    email = _email()
    password = fields.PasswordField(
        what="a new password",
        label="Choose a password",
        help_text="At least 12 characters. Three words that only you put together are good.",
        autocomplete="new-password",
    )

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        try:
            password_validation.validate_password(password)
        except ValidationError as error:
            raise ValidationError(list(error.messages)) from error
        return password


@public(DOOR)
def sign_in(visit: HttpRequest) -> HttpResponseBase:
    """Ask for email address and password."""
    form = SignIn(doing.asked(visit))
    if form.is_valid():
        if not ratelimit.consume(visit, action=ACTION, key=form.cleaned_data["email"].lower()):
            form.add_error(None, LATER)
            return _asked(visit, "own/sign_in.html", form)
        account = commands.sign_in(**form.cleaned_data, by=BY, on=clock.today())
        if account is not None:
            ratelimit.clear(visit, action=ACTION, key=account.email)
            door.let_in(visit, account)
            return redirect("own")
        form.add_error(None, WRONG)
    return _asked(visit, "own/sign_in.html", form)


@public(DOOR)
def code(visit: HttpRequest) -> HttpResponseBase:
    """Ask for the code of a letter, and for how the resident will sign in."""
    form = Code(doing.asked(visit))
    if form.is_valid() and _opened(visit, form):
        return redirect("own")
    return _asked(visit, "own/code.html", form)


@public("ends the visit of whoever asks, and shows nothing")
def sign_out(visit: HttpRequest) -> HttpResponse:
    """End the visit, when the button was pressed."""
    return door.let_out(visit) if visit.method == "POST" else redirect("own")


def _opened(visit: HttpRequest, form: Code) -> bool:
    """Open the account and begin the visit, or say on the form why not."""
    if not ratelimit.consume(visit, action=ACTION, key="code"):
        form.add_error(None, LATER)
        return False
    given, now = form.cleaned_data, clock.now()
    found = codes.recognise(given["code"], given["born"], now=now)
    if found is None:
        form.add_error("code", NO_CODE)
        return False
    try:
        with transaction.atomic():
            one_use.spend(visit)
            account = commands.open_account(
                code=found,
                email=given["email"],
                password=given["password"],
                now=now,
                by=BY,
                on=clock.today(),
            )
    except commands.EmailTaken as refusal:
        form.add_error("email", str(refusal))
        return False
    except (commanding.Refusal, one_use.AlreadySent, one_use.NotOurs) as refusal:
        form.add_error(None, str(refusal))
        return False
    door.let_in(visit, account)
    return True


def _asked(visit: HttpRequest, template: str, form: forms.Form) -> HttpResponse:
    response = render(visit, template, {"form": form, "doors": joining.own_doors()})
    response["Cache-Control"] = "no-store"
    return response
