"""What a request for the headings alone is answered with, by the application that is served."""

from wsgiref.util import setup_testing_defaults

import pytest
from django.core import signals
from django.db import close_old_connections

from borough.wiring import web

ENDS = (signals.request_started, signals.request_finished)


@pytest.fixture(autouse=True)
def connection_kept(db):
    """Keep the connection of the test, as Django's own test client does."""
    for one in ENDS:
        one.disconnect(close_old_connections)
    yield
    for one in ENDS:
        one.connect(close_old_connections)


@pytest.mark.parametrize(("method", "has_body"), [("GET", True), ("HEAD", False)])
def test_the_headings_come_alone_when_they_are_asked_for_alone(method, has_body):
    environ = {"PATH_INFO": "/health", "HTTP_HOST": "localhost"}
    setup_testing_defaults(environ)
    environ["REQUEST_METHOD"] = method
    begun = []
    body = b"".join(web.application(environ, lambda status, headers: begun.append(status)))
    assert begun == ["200 OK"]
    assert bool(body) == has_body
