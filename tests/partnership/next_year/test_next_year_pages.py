"""The pages of the yearly question, as the officers of four sides and anybody use them."""

import io
import logging

import pikepdf
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from borough.partnership.next_year import capabilities, choosing, models, note, queries
from borough.partnership.sealed.models import Round
from tests import makers, markup, officers
from tests.partnership.decisions import test_decisions_leak as leak
from tests.partnership.decisions.test_decisions_pages import sent, shown
from tests.partnership.next_year import review_makers as of
from tests.partnership.next_year.review_makers import CALLS, COST, TODAY

pytestmark = pytest.mark.django_db
HERE = "/partnership/next-year"
YEAR = f"{HERE}/2026-27"
PUBLIC = "/partnership/public/next-year"


@pytest.fixture(autouse=True)
def measured(monkeypatch):
    of.counts(monkeypatch, lambda slug, year, on: (90, 100))
    monkeypatch.setattr("borough.kernel.clock.today", lambda: TODAY)


def typed(people: of.Four, number: int = 1, **told: object) -> dict[str, object]:
    """Return a proposal as its form is posted."""
    council, partner = people.owners
    answers = {
        "title": "Answer until eight",
        "kind": "better",
        "what": "Two evenings a week",
        "for_whom": "Who works by day",
        "stop": "The Saturday counter",
        "measure": CALLS,
        "low": "85",
        "median": "90",
        "high": "95%",
        "due_day": "31",
        "due_month": "7",
        "due_year": "2026",
        "cost_pence": "12,000",
        "for_council": council,
        "for_partner": partner,
    }
    return {f"{_numbered(name, number)}": value for name, value in (answers | told).items()}


def _numbered(name: str, number: int) -> str:
    day, _, part = name.partition("_")
    return f"due_{number}_{part}" if day == "due" else f"{name}_{number}"


def test_a_year_from_its_first_page_to_the_public_note(db):
    people = of.four()
    cora, paul, stella, rita = (officers.a_visitor(one) for one in people.officers.values())
    assert "Nobody has asked yet" in shown(cora, HERE)
    assert "Nothing has been chosen yet" in shown(Client(), PUBLIC)
    sent(cora, f"{HERE}/new")
    assert "asked for the first time" in shown(cora, YEAR)
    for side in ("staff", "residents"):
        shown(cora, f"{YEAR}/mandates/new")
        sent(cora, f"{YEAR}/mandates/new", side=side, officer=people.officers[side].pk)
    shown(cora, f"{YEAR}/round")
    wrong = cora.post(f"{YEAR}/round", officers.posted(panels=["staff"], closes_day="1"))
    markup.check(wrong.content.decode(), in_error=True)
    until = {"closes_day": "31", "closes_month": "10", "closes_year": "2025"}
    sent(cora, f"{YEAR}/round", panels=["staff", "residents"], **until)
    shown(cora, f"{YEAR}/proposals?proposals=5")
    missing = cora.post(f"{YEAR}/proposals", officers.posted(**typed(people, low="97", stop="")))
    markup.check(missing.content.decode(), in_error=True)
    assert "Two evenings a week" in missing.content.decode(), "what was typed is kept"
    page = sent(cora, f"{YEAR}/proposals", **typed(people))
    assert "Waiting for the partner, the staff panel and the residents’ panel" in page
    late = cora.get(f"{YEAR}/proposals", follow=True).content.decode()
    assert "Your side has sealed what it proposes" in late
    two = typed(people, title="Call back") | typed(people, 2, title="Plain bills", measure=COST)
    sent(paul, f"{YEAR}/proposals?proposals=2", **two)
    assert "You speak for the staff panel" in shown(stella, YEAR)
    sent(stella, f"{YEAR}/proposals", **typed(people, title="Evenings"))
    assert "Seal that we propose nothing" in shown(rita, f"{YEAR}/proposals?proposals=0")
    assert "Proposals in no group yet" in sent(rita, f"{YEAR}/proposals?proposals=0")
    shown(cora, f"{YEAR}/groups/new")
    shown(cora, f"{YEAR}/groups")
    assert "3 sides agree" in sent(cora, f"{YEAR}/groups")
    groups = [one.group.pk for one in queries.state(models.Review.objects.get(), TODAY).groups]
    shown(cora, f"/partnership/groups/{groups[1]}/end")
    shown(cora, f"{YEAR}/choice")
    sent(cora, f"{YEAR}/choice", groups=groups)
    assert Client().get(f"{PUBLIC}/2026-27").status_code == 404, (
        "nothing is public before both sign"
    )
    choice = f"/partnership/choices/{models.Choice.objects.get().pk}"
    assert "You sit for no partner today" in shown(stella, choice)
    for visitor in (cora, paul):
        assert "Sign it" in shown(visitor, choice)
        page = sent(visitor, choice)
        assert "Sign it" not in shown(visitor, choice)
    assert "Chosen by both" in page
    public = shown(Client(), f"{PUBLIC}/2026-27")
    assert "Two evenings a week" in public
    assert "Cora" not in public
    assert "Both have signed" in shown(paul, choice)


def test_last_years_answers_come_first_and_the_note_has_two_pages(db, monkeypatch):
    review = of.a_review()
    people = of.four(review)
    of.opened(people, review)
    of.chosen(people, review)
    later = TODAY.replace(year=2026)
    monkeypatch.setattr("borough.kernel.clock.today", lambda: later)
    after = of.a_review(later)
    page = shown(officers.a_visitor(people.officers["council"]), f"{HERE}/{after.year}")
    assert page.index("What we said for 2026-27") < page.index("The steps")
    assert "Not handed over yet" in page
    assert "0 of 2 answers are done" in page
    printed = Client().get(f"{PUBLIC}/2026-27/pdf")
    assert printed["Content-Type"] == "application/pdf"
    told = pikepdf.open(io.BytesIO(printed.content))
    assert len(told.pages) == 2
    assert told.Root.MarkInfo.Marked


def test_the_note_keeps_to_two_pages_with_seven_answers_at_their_longest(db):
    long = {"what": "w" * 5 + " and so on" * 100, "for_whom": "who " * 200, "stop": "stop " * 200}
    review = of.a_review()
    people = of.four(review)
    of.asked(review)
    for side in ("council", "partner"):
        many = [of.a_proposal(people, f"{side} {one} " + "x" * 90, **long) for one in range(4)]
        of.seal(people, review, side, *many)
    for side in ("staff", "residents"):
        of.seal(people, review, side)
    state = queries.state(review, TODAY)
    chosen = [queries.Grouped(models.Group(title="t" * 110), (one,)) for one in state.proposed[:7]]
    told = {
        "title": "What we will do better or differently in 2026-27",
        "council": {"name": "Invented Council", "colour": note.COLOUR},
        "invented": True,
        "issued_on": TODAY.isoformat(),
        "heard": note.HEARD,
        "last": {
            "year": "2025-26",
            "fared": ["5 of 7 answers are done.", "9 of 12 forecasts held."],
            "answers": [
                {
                    "title": "t" * 110,
                    "did": "Done",
                    "moved": ["Calls answered: 80.00% (31 July 2025) to 92.00% (31 July 2026)"] * 2,
                    "held": "2 of 3 forecasts held what came.",
                }
            ]
            * 7,
        },
        "answers": [note.answered(one) for one in chosen],
    }
    content = note.pdf(told)
    assert len(pikepdf.open(io.BytesIO(content)).pages) == 2


def test_what_no_year_is_called_names_nothing():
    for name in ("%00", "2026-27%00", "x" * 300, "2026", "٢٠٢٦-٢٧"):
        assert Client().get(f"{PUBLIC}/{name}").status_code == 404
        assert Client().get(f"{PUBLIC}/{name}/pdf").status_code == 404


def test_once_the_year_has_begun_nobody_is_asked_any_more(db, monkeypatch):
    review = of.a_review()
    people = of.four(review)
    of.asked(review)
    cora = officers.a_visitor(people.officers["council"])
    monkeypatch.setattr("borough.kernel.clock.today", lambda: TODAY.replace(year=2026, month=4))
    page = shown(cora, YEAR)
    assert "2026-27 began before all had sealed: nothing was chosen for it" in page
    assert f"{YEAR}/round" not in page
    assert "began before all had sealed" in cora.get(f"{YEAR}/round", follow=True).content.decode()
    assert "Go on with" not in shown(cora, HERE)


def test_each_choice_shows_its_own_signatures_and_anybody_who_sees_the_year_reads_it(db):
    review = of.a_review()
    people = of.four(review)
    of.opened(people, review)
    first = of.put_to_both(review)
    choosing.sign(choice=first, by=people.by("council"), on=TODAY)
    second = choosing.propose_choice(
        review=review, groups=first.groups, by=makers.everything(), on=TODAY
    )
    looks = officers.a_visitor(officers.an_officer("Lena Looks", capabilities.SEE_NEXT_YEAR))
    assert "Cora C" in shown(looks, f"/partnership/choices/{first.pk}").split("Signed</h2>")[1]
    assert "Cora C" not in shown(looks, f"/partnership/choices/{second.pk}").split("Signed</h2>")[1]
    choosing.take_apart(
        group=models.Group.objects.get(pk=first.groups[0]), by=makers.everything(), on=TODAY
    )
    paul = officers.a_visitor(people.officers["partner"])
    assert "Sign it" not in shown(paul, f"/partnership/choices/{second.pk}")


def test_no_step_leads_where_the_officer_may_not_go(db):
    review = of.a_review()
    looks = officers.a_visitor(officers.an_officer("Lena Looks", capabilities.SEE_NEXT_YEAR))
    people = of.four()
    assert "mandates/new" not in shown(looks, YEAR)
    assert "/round" not in shown(looks, YEAR)
    of.name_scribes(people, review)
    of.opened(people, review)
    page = shown(looks, YEAR)
    assert "groups/new" not in page
    assert "/end" not in page


def test_a_form_that_is_sent_twice_seals_once(db):
    review = of.a_review()
    people = of.four(review)
    of.asked(review)
    visitor = officers.a_visitor(people.officers["staff"])
    answers = officers.posted(**typed(people))
    for _ in range(2):
        assert visitor.post(f"{YEAR}/proposals", answers).status_code == 302
    assert list(queries.state(review, TODAY).round.sealed) == ["staff"]


def test_nothing_shows_what_one_side_sealed_before_all_have(db, caplog):
    """The ways of the leak test of decisions: every page here, every row, every query, the log."""
    caplog.set_level(logging.DEBUG)
    review = of.a_review()
    people = of.four(review)
    of.asked(review)
    visitor = officers.a_visitor(people.officers["staff"])
    with CaptureQueriesContext(connection) as asked:
        sealed = visitor.post(
            f"{YEAR}/proposals", officers.posted(**typed(people, what=leak.WORD, title=leak.WORD))
        )
        assert sealed.status_code == 302, sealed.content.decode()
        looked = 0
        for officer in people.officers.values():
            reader = officers.a_visitor(officer)
            for address in every_address():
                answer = reader.get(address, follow=True)
                assert not leak.holds(answer.content.decode("utf-8", "replace")), address
                looked += answer.status_code == 200
    assert looked > 40
    assert Round.objects.get().commitments.count() == 1
    assert not any(leak.holds(one["sql"]) for one in asked.captured_queries)
    assert not leak.holds(leak.rows_as_text())
    assert not leak.holds(caplog.text)
    for side in ("council", "partner", "residents"):
        of.seal(people, review, side)
    assert leak.holds(leak.rows_as_text()), "the test would see it, were it there"
    assert leak.holds(shown(visitor, YEAR))


def every_address() -> list[str]:
    parts = ("", "/mandates/new", "/round", "/proposals", "/groups/new", "/groups", "/choice")
    mine = [f"{YEAR}{part}" for part in parts]
    others = [f"/partnership/{one}/1" for one in ("choices", "groups", "mandates")]
    public = [PUBLIC, f"{PUBLIC}/2026-27", f"{PUBLIC}/2026-27/pdf"]
    return [
        HERE,
        f"{HERE}/new",
        *mine,
        *others,
        *public,
        "/services/partnership",
        "/partnership/seats",
    ]
