"""A form that is sent twice does its work once, even when both presses come at the same time."""

import threading

import pytest
from django.core import signing
from django.db import connection, transaction
from django.template import engines
from django.test import RequestFactory

from borough.kernel.pages import models, one_use


def sent(token: str | None) -> object:
    data = {} if token is None else {one_use.FIELD: token}
    return RequestFactory().post("/refund", data)


@pytest.mark.django_db
def test_a_token_is_good_for_one_sending() -> None:
    token = one_use.issue()
    one_use.spend(sent(token))
    with pytest.raises(one_use.AlreadySent):
        one_use.spend(sent(token))
    one_use.spend(sent(one_use.issue()))


@pytest.mark.django_db
@pytest.mark.parametrize("token", [None, "", "made up", "made:up:too", "x" * 10_000])
def test_a_token_that_is_not_ours_is_refused(token: str | None) -> None:
    with pytest.raises(one_use.NotOurs):
        one_use.spend(sent(token))


@pytest.mark.django_db
def test_a_token_is_good_for_half_a_day(monkeypatch: pytest.MonkeyPatch) -> None:
    token = one_use.issue()
    later = signing.time.time() + one_use.SECONDS_GOOD_FOR + 1
    monkeypatch.setattr(signing.time, "time", lambda: later)
    with pytest.raises(one_use.NotOurs):
        one_use.spend(sent(token))


@pytest.mark.django_db
def test_work_that_failed_can_be_sent_again() -> None:
    token = one_use.issue()

    def work_that_fails() -> None:
        with transaction.atomic():
            one_use.spend(sent(token))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        work_that_fails()
    one_use.spend(sent(token))


@pytest.mark.django_db
def test_old_tokens_are_forgotten() -> None:
    for hours in (1, 13):
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO pages_spenttoken VALUES (%s, now() - make_interval(hours => %s))",
                [f"{hours} hours", hours],
            )
    assert one_use.forget_old() == 1
    assert [each.token for each in models.SpentToken.objects.all()] == ["1 hours"]


def test_two_presses_at_once_do_the_work_once(own_database: str, django_db_blocker: object) -> None:
    token, done, refused = one_use.issue(), [], []
    first_has_spent, second_waits = threading.Event(), threading.Event()

    def press(first: bool) -> None:
        try:
            with transaction.atomic():
                if not first:
                    first_has_spent.wait(10)
                    second_waits.set()
                one_use.spend(sent(token))
                if first:
                    first_has_spent.set()
                    second_waits.wait(10)
                done.append(first)
        except one_use.AlreadySent:
            refused.append(first)
        finally:
            connection.close()

    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        presses = [threading.Thread(target=press, args=(first,)) for first in (True, False)]
        for each in presses:
            each.start()
        for each in presses:
            each.join(20)
    assert done == [True]
    assert refused == [False]


def test_every_drawing_of_a_form_has_its_own_token() -> None:
    template = engines["django"].from_string("{% one_use_token %}")
    assert template.render({}) != template.render({})
    assert 'type="hidden" name="one_use"' in template.render({})
