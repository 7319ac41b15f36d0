"""Nothing gives away what is sealed before all are opened: every way is tried with a planted word.

The ways: every page and download of the shared table, and the lists of the house, for the other
partner, for the same partner's colleague and for somebody who may do everything; an API and an
administrator's pages, of which there are none; the book of the case; the queries that were sent
to the database; the log; and every row of every table as text.
"""

import logging
import re
from io import StringIO

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver

from borough.kernel import joining
from borough.partnership.decisions import books, commands, models, queries
from borough.partnership.pack import reading
from borough.partnership.sealed import keeping, sealing
from borough.partnership.sealed.models import Round
from borough.wiring import logs
from tests import officers
from tests.architecture.test_guards import routes
from tests.partnership.decisions import decision_makers as table_of
from tests.partnership.decisions.decision_makers import TODAY

pytestmark = pytest.mark.django_db
WORD = "marmalade"
# Another word for each way in which it might be written: as typed, in capitals, in hexadecimal.
WRITTEN = (WORD, WORD.upper(), WORD.encode().hex())
ELSEWHERE = (
    "",
    "find?q=marmalade",
    "services/partnership",
    "officers",
    "admin/",
    "api/",
    "api/docs",
)


def holds(text: str) -> bool:
    return any(one in text for one in WRITTEN)


def every_address(pack: models.Pack) -> list[str]:
    """Return every address of the shared table that there could be for what was furnished."""
    mine = [route for route, _ in routes(get_resolver()) if route.startswith("partnership/")]
    assert len(mine) > 20
    numbers = {"papers/": 1, "information/": pack.pk, "decisions/": pack.case_id, "seats/": 1}
    found = []
    for route in mine:
        number = next((str(one) for part, one in numbers.items() if part in route), "1")
        found.append(re.sub("<int:[a-z]+>", number, route).replace("<str:slug>", table_of.MEASURE))
    return [*found, *ELSEWHERE]


def everybody(table) -> list:
    """Return who might look: the other partner, the same partner's colleague, who may do all."""
    colleague = officers.an_officer("Cleo Council", *officers.every_capability())
    return [table.cora, table.paul, colleague]


def rows_as_text() -> str:
    """Return every row of every table of the database as text, as a dump would."""
    with connection.cursor() as cursor:
        cursor.execute("select tablename from pg_tables where schemaname = 'public'")
        names = [name for (name,) in cursor.fetchall()]
        assert {"sealed_kept", "facts_fact", "django_session"} <= set(names)
        texts = []
        for name in names:
            cursor.execute(f'select t::text from "{name}" t')
            texts += [text for (text,) in cursor.fetchall()]
    return "\n".join(texts)


def nothing_leaks(table, pack: models.Pack, caplog) -> None:
    """Try every way; assert that not one shows the word."""
    shown = 0
    with CaptureQueriesContext(connection) as asked:
        anybody = Client()
        for visitor in [*map(officers.a_visitor, everybody(table)), anybody]:
            for address in every_address(pack):
                # Who has not signed in is led to the door, which says nothing of where they go.
                answer = visitor.get(f"/{address}", follow=visitor is not anybody)
                content = b"".join(answer) if answer.streaming else answer.content
                assert not holds(content.decode("utf-8", "replace")), f"/{address}"
                shown += answer.status_code == 200
    assert shown > 60, "too few pages were looked at"
    assert not any(holds(one["sql"]) for one in asked.captured_queries)
    assert not holds(books.file(pack.case).decode())
    assert not holds(str(reading.said(TODAY))), "nor the pack of the joint board"
    assert not holds(rows_as_text())
    assert not holds(caplog.text)


@pytest.fixture
def table(db, caplog):
    caplog.set_level(logging.DEBUG)
    return table_of.a_table()


def test_there_is_no_api_and_no_administrator_to_ask():
    assert not any(card.api for card in joining.cards() if card.slug == "partnership")
    assert not any("admin" in one.name for one in apps.get_app_configs())
    addresses = [route for route, _ in routes(get_resolver())]
    assert not any(one.startswith(("admin", "api")) for one in addresses)


def test_kept_here_nothing_shows_what_one_partner_sealed(table, caplog):
    pack = table_of.a_read_pack(table)
    visitor = officers.a_visitor(table.cora)
    with CaptureQueriesContext(connection) as asked:
        done = visitor.post(
            f"/partnership/information/{pack.pk}/position", typed(why=f"The {WORD} says so")
        )
    assert done.status_code == 302, done.content.decode()
    assert list(queries.state(pack.case).round.sealed) == ["council"]
    assert not any(holds(one["sql"]) for one in asked.captured_queries)
    nothing_leaks(table, pack, caplog)


def test_kept_apart_nothing_shows_it_until_both_have_handed_in(table, caplog):
    pack = table_of.a_read_pack(table, mode=Round.Mode.SPLIT)
    kept = {side: table_of.kept_by(pack, side, why=WORD) for side in queries.SIDES}
    for by, side in zip(table.both, queries.SIDES, strict=True):
        commands.enter_seal(pack=pack, digest=kept[side].digest, by=by, on=TODAY)
    commands.hand_in(pack=pack, kept=kept["council"], by=table.council, on=TODAY)
    nothing_leaks(table, pack, caplog)
    commands.hand_in(pack=pack, kept=kept["partner"], by=table.partner, on=TODAY)
    visitor = officers.a_visitor(table.paul)
    shown = visitor.get(f"/partnership/decisions/{pack.case_id}/comparison").content.decode()
    assert shown.count(WORD) == 2
    assert holds(rows_as_text()), "the test would see it, were it there"


def test_a_fault_while_it_is_sealed_writes_nothing_of_it(table, monkeypatch):
    pack = table_of.a_read_pack(table)

    def broken(told: sealing.Sealed) -> str:
        raise RuntimeError(f"{told!r} could not be kept")

    monkeypatch.setattr(keeping, "lock", broken)
    with pytest.raises(RuntimeError) as fault:
        table_of.take(pack, table.council, why=WORD)
    assert not holds(str(fault.value))
    visitor = officers.a_visitor(table.cora)
    visitor.raise_request_exception = False
    said = StringIO()
    handler = logging.StreamHandler(said)
    handler.setFormatter(logs.Impersonal("%(message)s"))
    logging.getLogger("django.request").addHandler(handler)
    try:
        address = f"/partnership/information/{pack.pk}/position"
        answer = visitor.post(address, typed(why=f"The {WORD} says so"))
    finally:
        logging.getLogger("django.request").removeHandler(handler)
    assert answer.status_code == 500
    assert not holds(answer.content.decode())
    assert "RuntimeError" in said.getvalue()
    assert not holds(said.getvalue())


def typed(**told: str) -> dict[str, str]:
    """Return a position as its form is posted."""
    words = ("why", "change_mind", "risks", "vulnerable", "staff")
    answers = {
        "option": "1",
        "sure": "80",
        "reasons": "residents",
        **dict.fromkeys(words, "In words"),
        "measure_1": table_of.MEASURE,
        "low_1": "94",
        "median_1": "95.5",
        "high_1": "96.5%",
        "due_1_day": "31",
        "due_1_month": "3",
        "due_1_year": "2025",
    }
    return officers.posted(**answers | told)
