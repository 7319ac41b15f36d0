"""Logs name the route and the kind of fault; never an account, a home or a person."""

import logging

import pytest
from django.db import IntegrityError, connection
from django.test import RequestFactory
from django.urls import resolve

from borough.wiring import logs

ADDRESS = "/revenues/accounts/100001"


def written(message, *args, request=None, fault=None):
    record = logging.LogRecord("django.request", logging.ERROR, "", 0, message, args, fault)
    record.request = request
    return logs.Impersonal("%(levelname)s %(message)s").format(record)


@pytest.mark.parametrize(
    ("message", "args"),
    [
        ("%s: %s", ("Internal Server Error", ADDRESS)),
        ("Forbidden (%s): %s", ("CSRF token missing.", ADDRESS)),
        ("Bad Request: %s", (ADDRESS,)),
    ],
)
def test_a_request_is_told_by_its_route(message, args):
    request = RequestFactory().post(ADDRESS)
    request.resolver_match = resolve(ADDRESS)
    line = written(message, *args, request=request)
    assert "POST revenues/accounts/<str:reference>" in line
    assert "100001" not in line


def test_an_address_of_nothing_is_not_repeated():
    line = written("Not Found: %s", "/mary-rimmer", request=RequestFactory().get("/mary-rimmer"))
    assert line == "ERROR Not Found: GET an address that is none of ours"


def test_a_fault_tells_its_place_and_kind_and_not_the_row(db):
    insert, row = "insert into people_person (family_name) values (%s)", ["Rimmer"]
    with connection.cursor() as cursor, pytest.raises(IntegrityError, match="Rimmer") as caught:
        cursor.execute(insert, row)
    line = written("went wrong", fault=(caught.type, caught.value, caught.tb))
    assert "Rimmer" not in line
    assert "django.db.utils.IntegrityError" in line
    assert "NotNullViolation 23502" in line
    assert "test_logs.py" in line


def test_what_is_about_no_request_is_written_as_it_is():
    assert written("job %s is taken up again", 41) == "ERROR job 41 is taken up again"
