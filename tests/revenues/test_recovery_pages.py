"""The pages of recovery: what an officer sees before, while and after a step goes out."""

from datetime import date

import pytest

from borough.kernel.holds import commands as holds
from borough.kernel.holds.models import Hold
from borough.kernel.ledger.commands import opening, posting
from borough.lines.revenues import billing, capabilities, laws, models, recovering, tasks
from borough.rules import years
from tests import markup, officers
from tests.kernel.ledger import makers as ledger_makers
from tests.revenues.recovering_makers import BY, YEAR, billed, pay, preview, take

ON = date(2025, 4, 10)
HEARING = date(2025, 6, 30)


@pytest.fixture(autouse=True)
def _stands_still(settings, monkeypatch):
    settings.STANDING_DATE = ON
    for task in (tasks.preview_recovery, tasks.carry_out_recovery):
        monkeypatch.setattr(task, "defer", lambda **_: None)


@pytest.fixture
def ann(db):
    return officers.a_visitor(officers.an_officer("Ann Example", *officers.every_capability()))


def get(client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, answer
    text = answer.content.decode()
    markup.check(text)
    return text


def test_a_step_is_prepared_watched_and_looked_at(ann):
    account = billed()
    disputed = billed()
    holds.place_hold(kind="dispute", upon=holds.Upon(thing=disputed.thing), by=BY, on=ON)
    get(ann, "/revenues/recovery")
    answer = ann.post(
        "/revenues/recovery", officers.posted(year=YEAR.name, step="reminder"), follow=False
    )
    assert answer.status_code == 302, answer.content.decode()
    assert "waiting for the worker" in get(ann, answer.url)
    run = recovering.Run.objects.get()
    recovering.preview(run)
    text = get(ann, f"{answer.url}?reason=dispute")
    assert "<strong>1</strong> account would get it" in text
    assert "Query open" in text
    assert account.reference in text
    assert disputed.reference in text
    assert "You prepared this" in text
    assert "not confirmed" in text


def test_a_colleague_commits_it_and_sees_what_changed(ann):
    billed()
    gone = billed()
    run = preview("reminder", ON)
    address = f"/revenues/recovery/previews/{run.pk}"
    assert "Before it goes out" in get(ann, address)
    pay(gone, 18_993, date(2025, 4, 1))
    answer = ann.post(address, officers.posted())
    assert answer.status_code == 302, answer.content.decode()
    made = recovering.Run.objects.get(kind=recovering.RECOVERY)
    recovering.carry_out(made, by=BY, on=ON)
    text = get(ann, f"/revenues/recovery/runs/{made.pk}")
    assert "Paid since the preview" in text
    assert gone.reference in text


def test_a_year_whose_law_is_not_kept_here_does_not_shut_the_page(ann):
    account = billed()
    old = years.Year(2022)
    with pytest.raises(laws.LawNotKnown):
        laws.of(old)
    [sub] = opening.open_sub_accounts(
        kind=billing.KIND, references=[account.reference], part=old.name
    ).tolist()
    posting.post(
        source="revenues.brought_forward",
        key=f"{old.name}/{account.reference}",
        on=date(2024, 4, 1),
        narrative="Council Tax still to pay, brought forward",
        lines=ledger_makers.charge(sub, 8_549),
        by=BY,
    )
    text = get(ann, f"/revenues/accounts/{account.reference}/recovery")
    assert "No bill of the year is kept here, so no step can be taken from it." in text
    assert "A reminder for £189.93 may go out from today" in text


def test_an_account_says_first_what_would_help_and_then_what_comes_next(ann):
    account = billed(adults=None)
    text = get(ann, f"/revenues/accounts/{account.reference}/recovery")
    assert text.index("What would help") < text.index("What has been done")
    assert "Ask how many adults live there" in text
    assert "A reminder for £189.93 may go out from today" in text


def test_the_account_of_a_debt_before_the_court_asks_for_no_instalment(ann, settings):
    account = billed()
    take("reminder", ON)
    take("summons", date(2025, 5, 20), HEARING)
    pay(account, 100_000, date(2025, 5, 21))
    settings.STANDING_DATE = date(2025, 5, 22)
    text = get(ann, f"/revenues/accounts/{account.reference}")
    assert "Next instalment" not in text
    assert "all that is left is due now" in text
    assert "Summoned to court, 20 May 2025" in text
    for page in ("", "/recovery"):
        shown = get(ann, f"/revenues/accounts/{account.reference}{page}")
        assert "Overdue: <strong>£899.93</strong>" in shown


def test_a_hold_is_placed_looked_at_and_ended_from_the_account(ann):
    account = billed()
    address = f"/revenues/accounts/{account.reference}/hold"
    get(ann, address)
    answer = ann.post(address, officers.posted(kind="dispute", upon="account"))
    assert answer.status_code == 302, answer.content.decode()
    hold = Hold.objects.get()
    assert (hold.thing, hold.kind) == (account.thing, "dispute")
    text = get(ann, f"/revenues/accounts/{account.reference}/recovery")
    assert "It forbids every step" in text
    assert "The next step is a reminder for £189.93." in text
    assert "Today it would not go out" in text
    assert "may go out" not in text
    get(ann, f"/holds/{hold.pk}")
    assert ann.post(f"/holds/{hold.pk}", officers.posted(what="keep")).status_code == 200
    assert ann.post(f"/holds/{hold.pk}", officers.posted(what="end")).status_code == 302
    hold.refresh_from_db()
    assert hold.ends == date(2025, 4, 11)


def test_a_hold_on_a_person_is_placed_from_the_account_too(ann):
    account = billed()
    person = account.liabilities.get().person
    address = f"/revenues/accounts/{account.reference}/hold"
    answer = ann.post(address, officers.posted(kind="vulnerable", upon=str(person.pk)))
    assert answer.status_code == 302, answer.content.decode()
    assert Hold.objects.get().person == person


def test_breathing_space_that_does_not_cover_the_debt_is_refused_in_words(ann):
    account = billed()
    address = f"/revenues/accounts/{account.reference}/statutory-hold"
    posted = officers.posted(kind="breathing_space", **markup.day_data("starts", ON))
    answer = ann.post(address, posted)
    assert answer.status_code == 200
    assert "is not in it" in answer.content.decode()


def test_holds_to_look_at_again_wait_on_the_home_page(ann, settings):
    account = billed()
    holds.place_hold(kind="dispute", upon=holds.Upon(thing=account.thing), by=BY, on=ON)
    settings.STANDING_DATE = date(2025, 5, 8)
    assert "Look again at a debt that is left alone" in get(ann, "/")
    assert account.reference in get(ann, "/holds/")


def test_the_list_for_the_court_and_what_it_decided(ann, settings):
    account = billed()
    take("reminder", ON)
    take("summons", date(2025, 5, 20), HEARING)
    settings.STANDING_DATE = HEARING
    assert str(HEARING) in get(ann, "/revenues/hearings")
    assert account.reference in get(ann, f"/revenues/hearings/{HEARING}")
    listed = ann.get(f"/revenues/hearings/{HEARING}/list").content.decode()
    assert "Mary Rimmer" in listed
    assert "1899.93" in listed
    for what in ("withdrawal", "adjournment", "refusal"):
        get(ann, f"/revenues/accounts/{account.reference}/summons/{YEAR.name}/{what}")
    assert "Withdraw the summons" in get(ann, f"/revenues/accounts/{account.reference}/recovery")
    answer = ann.post(f"/revenues/hearings/{HEARING}", officers.posted(what="orders"))
    assert answer.status_code == 302, answer.content.decode()
    assert models.Step.objects.filter(kind="liability_order").exists()
    assert "Liability order" in get(ann, f"/revenues/accounts/{account.reference}/recovery")


def test_who_was_called_before_a_marker_was_set_is_not_named_to_the_court(ann, settings):
    marked, other = billed(), billed()
    take("reminder", ON)
    take("summons", date(2025, 5, 20), HEARING)
    settings.STANDING_DATE = HEARING
    upon = holds.Upon(person=marked.liabilities.get().person)
    holds.place_hold(kind="vulnerable", upon=upon, by=BY, on=HEARING)
    listed = ann.get(f"/revenues/hearings/{HEARING}/list").content.decode()
    assert other.reference in listed
    assert marked.reference not in listed
    page = get(ann, f"/revenues/hearings/{HEARING}")
    assert "They are not on the list for the court" in page
    assert f"{marked.reference}: Needs care first" in page


def test_a_day_that_is_none_is_not_found(ann):
    assert ann.get("/revenues/hearings/yesterday").status_code == 404
    assert ann.get("/revenues/accounts/1/summons/x/refusal").status_code == 404


def test_an_officer_who_may_only_look_sees_no_way_to_commit(db):
    billed()
    run = preview("reminder", ON)
    looker = officers.a_visitor(officers.an_officer("Lee Example", capabilities.PREVIEW_RECOVERY))
    text = get(looker, f"/revenues/recovery/previews/{run.pk}")
    assert "Commit it" not in text
    answer = looker.post(f"/revenues/recovery/previews/{run.pk}", officers.posted())
    assert answer.status_code == 403


def test_a_payment_of_costs_is_recorded_from_the_account(ann, settings):
    account = billed()
    take("reminder", ON)
    take("summons", date(2025, 5, 20), HEARING)
    settings.STANDING_DATE = HEARING
    assert "Record a payment of the costs" in get(
        ann, f"/revenues/accounts/{account.reference}/recovery"
    )
    address = f"/revenues/accounts/{account.reference}/costs/{YEAR.name}/payment"
    get(ann, address)
    day = markup.day_data("received", date(2025, 6, 2))
    too_much = ann.post(address, officers.posted(pence="60.01", **day))
    assert "£60.00 are owed" in too_much.content.decode()
    answer = ann.post(address, officers.posted(pence="60.00", **day))
    assert answer.status_code == 302, answer.content.decode()
    text = get(ann, f"/revenues/accounts/{account.reference}/recovery")
    assert "Costs of the court to pay" not in text
