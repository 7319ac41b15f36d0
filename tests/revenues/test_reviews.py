"""Reviews of single person discounts: drawn, committed by another, and nobody cut off."""

from datetime import date

import pytest

from borough.kernel.people.models import Need, Person, Residence
from borough.kernel.runs import commands as runs
from borough.lines.revenues import capabilities, correspondence, models
from borough.lines.revenues.commands import changing, households
from borough.lines.revenues.commands import reviews as commands
from borough.lines.revenues.letters import waiting
from borough.lines.revenues.letters.made_from import reviews as letters
from borough.lines.revenues.queries import reviews
from tests import makers, markup, officers
from tests.revenues.test_moves import SINCE, billed, charged
from tests.revenues.test_pages_changes import carried, day

TODAY, LATER, LATEST = date(2025, 6, 2), date(2025, 7, 2), date(2025, 8, 4)
LAST_DAY = date(2025, 6, 23)  # by which a letter of 2 June asks to be answered
KINDS = models.ReviewAnswer.Kind


@pytest.fixture(autouse=True)
def standing(settings):
    settings.STANDING_DATE = TODAY


def single(*others, since=SINCE, **person):
    mary = makers.a_person("Mary", "Rimmer", **person)
    account = makers.an_account(people=[mary], adults=1, starts=since)
    for one in (mary, *others):
        Residence.objects.create(person=one, dwelling=account.dwelling, starts=since)
    return account


def drawn(on=TODAY, *, officer=1, **sizes):
    return commands.prepare_review(
        sizes={"known": 9, "long": 9, "others": 9, **sizes},
        seed=7,
        by=makers.an_officer(officer),
        on=on,
    )


def committed(preview, on=TODAY, officer=2):
    return commands.commit_review(preview=preview, by=makers.an_officer(officer), on=on)


def write(on=TODAY) -> dict[int, str]:
    """Write the letters of reviews that wait; return those left out, with the reason."""
    rows = waiting.waiting(letters.SORT)
    _, left_out = correspondence.write(letters.SORT, rows, by=makers.everything(), on=on)
    return dict(left_out)


def asked_again(run, on=LATER) -> int:
    return commands.ask_again(run=run, by=makers.everything(), on=on)


def answer(review, kind, on=TODAY, **more):
    return commands.answer_review(review=review, kind=kind, by=makers.everything(), on=on, **more)


def test_everybody_is_in_one_group_and_some_are_left_out_with_a_reason(db):
    known = single(makers.a_person("John", "Rimmer"))
    child = single(makers.a_person("Sam", "Rimmer", date_of_birth=date(2015, 1, 1)))
    long = single(since=date(2021, 4, 1))
    single(date_of_death=date(2025, 5, 1))
    called = single()
    Need.objects.create(
        person=called.liabilities.get().person, kind=Need.Kind.TELEPHONE_FIRST, starts=SINCE
    )
    makers.an_account(adults=2)
    found = reviews.discounts(TODAY)
    assert {name: ids.tolist() for name, ids in found.strata.items()} == {
        "known": [known.pk],
        "long": [long.pk],
        "others": [child.pk],
    }
    assert found.left_out == {"dead": 1, "call": 1, "open": 0}


def test_the_same_number_draws_the_same_and_another_draws_others(db):
    for _ in range(12):
        single()
    found = reviews.discounts(TODAY)
    draws = [reviews.drawn(found, {"others": 4}, seed) for seed in (1, 1, 2)]
    assert draws[0] == draws[1] != draws[2]
    assert len({account for account, _ in draws[0]}) == 4


def test_a_preview_asks_nobody_and_another_officer_commits_it_once(db):
    account = single()
    preview = drawn()
    assert reviews.picked(preview) == [(account.pk, "others")]
    assert not models.Review.objects.exists()
    with pytest.raises(commands.SamePerson):
        committed(preview, officer=1)
    committed(preview)
    with pytest.raises(runs.AlreadyAsked):
        committed(preview)
    assert models.ReviewLetter.objects.get().number == 1
    assert reviews.discounts(TODAY).left_out["open"] == 1


def test_nothing_ends_without_an_answer_until_an_officer_decides_after_two_letters(db):
    account = single()
    billed(account)
    before = charged(account)
    run = committed(drawn())
    [review] = models.Review.objects.all()
    with pytest.raises(commands.NobodyToAsk):
        asked_again(run)  # no letter was written, so nobody was asked
    write(TODAY)
    for too_early in (TODAY, LAST_DAY):
        with pytest.raises(commands.NobodyToAsk):
            asked_again(run, on=too_early)
    assert asked_again(run) == 1
    write(LATER)
    for too_early in (LATER, date(2025, 7, 23)):
        with pytest.raises(commands.AskAgainFirst):
            answer(review, KINDS.ENDED, on=too_early, since=LATER)
    assert charged(account) == before
    answer(review, KINDS.ENDED, on=LATEST, since=LATER)
    # From 2 July nobody has told us how many adults live there: 273 days without the quarter.
    assert charged(account) == round(189_993 * 0.75 * 92 / 365) + round(189_993 * 273 / 365)


def test_an_officer_can_let_the_discount_stand(db):
    account = single()
    billed(account)
    before = charged(account)
    run = committed(drawn())
    write(TODAY)
    asked_again(run)
    write(LATER)
    answer(models.Review.objects.get(), KINDS.KEPT, on=LATEST)
    assert charged(account) == before


def test_more_adults_end_the_discount_from_the_day_they_came(db):
    account = single()
    billed(account)
    committed(drawn())
    review = models.Review.objects.get()
    with pytest.raises(changing.NotADay):
        answer(review, KINDS.MORE_ADULTS, adults=2)
    answer(review, KINDS.MORE_ADULTS, adults=2, since=date(2025, 5, 1))
    assert account.households.get(ends=None).adults == 2
    with pytest.raises(commands.AlreadyAnswered):
        answer(review, KINDS.ONE_ADULT)


def test_who_answered_is_not_asked_a_second_time_and_counts_as_asked(db):
    single(since=date(2021, 4, 1))
    run = committed(drawn())
    write(TODAY)
    answer(models.Review.objects.get(), KINDS.ONE_ADULT)
    with pytest.raises(commands.NobodyToAsk):
        asked_again(run)
    assert len(reviews.discounts(LATER).strata["others"]) == 1  # no longer long ago


def test_who_can_be_asked_no_more_by_the_time_of_the_commitment_is_not(db):
    died, moved, other = single(), single(), single()
    preview, twice = drawn(), drawn()
    Person.objects.filter(pk__in=died.liabilities.values("person_id")).update(date_of_death=TODAY)
    households.end_single_person_discount(
        account=moved, ends=TODAY, adults=2, by=makers.everything(), on=TODAY
    )
    run = committed(preview)
    assert models.Review.objects.get().account == other
    assert reviews.not_asked(run) == 2
    with pytest.raises(commands.NothingToReview):
        committed(twice)  # the one who is left has a review that is not answered


def test_whose_discount_has_ended_is_not_asked_again_and_the_review_is_withdrawn(db):
    account = single()
    run = committed(drawn())
    households.end_single_person_discount(
        account=account, ends=TODAY, adults=2, by=makers.everything(), on=TODAY
    )
    assert list(write(TODAY).values()) == [
        "The discount has ended: nothing is to be asked about it."
    ]
    with pytest.raises(commands.NobodyToAsk):
        asked_again(run)
    review = models.Review.objects.get()
    with pytest.raises(changing.NotDiscounted):
        answer(review, KINDS.MORE_ADULTS, adults=2, since=LATER)
    answer(review, KINDS.WITHDRAWN)
    assert account.households.get(ends=None).adults == 2


def test_who_may_not_commit_or_answer_is_shown_no_way_to(db):
    single()
    preview = drawn()
    cleo = officers.a_visitor(
        officers.an_officer("Cleo Example", capabilities.PREPARE_REVIEW, capabilities.SEE_ACCOUNT)
    )
    where = f"/revenues/reviews/{preview.pk}"
    assert "Ask everybody drawn" not in cleo.get(where).content.decode()
    committed(preview)
    assert "Record" not in cleo.get(where).content.decode()


def test_an_empty_draw_is_refused(db):
    single()
    with pytest.raises(commands.NothingToReview):
        drawn(known=0, long=0, others=0)


def test_the_pages_from_the_draw_to_the_answer(db, settings):
    account = single()
    billed(account)
    ann, bob = (
        officers.a_visitor(officers.an_officer(name, *officers.every_capability()))
        for name in ("Ann Example", "Bob Example")
    )
    markup.check(ann.get("/revenues/reviews").content.decode())
    wrong = ann.post("/revenues/reviews", officers.posted()).content.decode()
    markup.check(wrong, in_error=True)
    sizes = {"known": "0", "long": "0", "others": "5", "seed": "7"}
    drawing = ann.post("/revenues/reviews", officers.posted(**sizes))
    page = ann.get(drawing.url).content.decode()
    markup.check(page)
    assert account.reference in page
    assert "Ask everybody drawn" not in page  # a colleague's
    assert "Ask everybody drawn" in bob.get(drawing.url).content.decode()
    assert bob.post(drawing.url, officers.posted()).status_code == 302
    review = models.Review.objects.get()
    where = f"/revenues/reviews/answers/{review.pk}"
    page = bob.get(drawing.url).content.decode()
    markup.check(page)
    assert where in page
    markup.check(bob.get(where).content.decode())
    answers = {"kind": "more_adults", "adults": "2", **day("since", date(2025, 6, 1))}
    check = bob.post(where, officers.posted(step="check", **answers)).content.decode()
    markup.check(check)
    assert bob.post(where, {**carried(check), "step": "confirm"}).status_code == 302
    assert "More adults live there" in bob.get(drawing.url).content.decode()
