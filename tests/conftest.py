"""A real PostgreSQL for every test, the application's own role, and a calendar that stands still.

Ordinary tests run in a transaction that is rolled back. Those that need real commits, several
sessions or a killed process ask for ``own_database``: a fresh copy of the migrated database.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import uuid4

import psycopg
import pytest
from django.db import connection
from django.test import override_settings, utils
from pytest_django.live_server_helper import LiveServer

from borough.kernel import appending
from borough.wiring import database
from tests import browsing, kept


def as_owner(name: str | None = None) -> psycopg.Connection:
    """Return a session of the tables' owner in the database of this test."""
    settings = connection.settings_dict
    return psycopg.connect(
        host=settings["HOST"], user="postgres", dbname=name or settings["NAME"], autocommit=True
    )


def as_application(name: str | None = None) -> psycopg.Connection:
    """Return a session of the role that web and worker use, in the database of this test."""
    settings = connection.settings_dict
    return psycopg.connect(
        host=settings["HOST"], user=database.APP_ROLE, dbname=name or settings["NAME"]
    )


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment: None, django_db_blocker: object) -> Iterator[None]:
    """Migrate as the owner, whichever tests run; then run every test as the application."""
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        with kept.one_at_a_time(connection.settings_dict["HOST"]) as owner:
            is_kept = kept.is_there(owner)
            if is_kept:
                connection.settings_dict["TEST"]["TEMPLATE"] = kept.name()
            made = utils.setup_databases(verbosity=0, interactive=False)
            if not is_kept:
                connection.close()
                kept.keep(owner, connection.settings_dict["NAME"])
        appending.grant(database.APP_ROLE)
        _connect_as(database.APP_ROLE)
    yield
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        _connect_as("postgres")
        utils.teardown_databases(made, verbosity=0)


@pytest.fixture(scope="session", autouse=True)
def passwords_of_tests() -> Iterator[None]:
    """Keep the invented passwords of tests cheaply: to hash one well takes as long as a test."""
    with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]):
        yield


@pytest.fixture
def own_database(django_db_setup: None, django_db_blocker: object) -> Iterator[str]:
    """Give the test a database of its own, with real commits; yield its name."""
    with a_database(django_db_blocker) as own:
        yield own


@contextmanager
def a_database(django_db_blocker: object) -> Iterator[str]:
    """Copy the migrated database, and connect to the copy while the block lasts."""
    shared, own = connection.settings_dict["NAME"], f"own_{uuid4().hex[:12]}_{os.getpid()}"
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        connection.close()
        with as_owner("postgres") as owner:
            owner.execute(f"create database {own} template {shared}")
        connection.settings_dict["NAME"] = own
        try:
            yield own
        finally:
            connection.close()
            connection.settings_dict["NAME"] = shared
            with as_owner("postgres") as owner:
                owner.execute(f"drop database {own} with (force)")


@pytest.fixture
def server(own_database: str) -> Iterator[str]:
    """Serve the pages to a real browser from a database of the test's own; yield the address."""
    with served() as address:
        yield address


@contextmanager
def served() -> Iterator[str]:
    """Serve the pages from the database that is connected to; yield the address."""
    serving = LiveServer("localhost")
    try:
        yield serving.url
    finally:
        serving.stop()


@pytest.fixture
def page() -> Iterator[browsing.Page]:
    """Give the test a page of a real Chromium; skip loudly where there is none."""
    with browsing.chromium() as browser:
        yield browser.new_page()


def _connect_as(user: str) -> None:
    connection.close()
    connection.settings_dict["USER"] = user
