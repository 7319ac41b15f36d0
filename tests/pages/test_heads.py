"""What a request for the headings alone is answered with, by the application that is served."""

from wsgiref.util import setup_testing_defaults

import pytest

from borough.wiring import web


@pytest.mark.parametrize(("method", "has_body"), [("GET", True), ("HEAD", False)])
def test_the_headings_come_alone_when_they_are_asked_for_alone(method, has_body):
    environ = {"PATH_INFO": "/nothing", "HTTP_HOST": "localhost"}
    setup_testing_defaults(environ)
    environ["REQUEST_METHOD"] = method
    begun = []
    body = b"".join(web.application(environ, lambda status, headers: begun.append(status)))
    assert begun == ["404 Not Found"]
    assert bool(body) == has_body
