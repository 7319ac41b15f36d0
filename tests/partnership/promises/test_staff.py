"""The list of staff: numbers, no names; and what promises about jobs make of it."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction

from borough.kernel import feeds
from borough.kernel.facts.models import Fact
from borough.partnership.files import taking
from borough.partnership.promises import capabilities, checklist, models, queries, staff
from borough.partnership.promises.commands import staff as commands
from borough.partnership.promises.commands import transfers
from borough.rules import years
from borough.rules.partnership.promises import Status
from tests import makers, officers
from tests.partnership.promises import promise_makers as a
from tests.partnership.promises.promise_makers import Kind, Shape

pytestmark = pytest.mark.django_db
HEAD = "Number,Post,FTE,Work postcode,Work ward,From,Until,Why left,Transferred on,Pension\n"
Why = models.Spell.Why


def load(text, command=commands.load_staff):
    said = {"title": "Invented list", "source": "Invented employer"}
    return command(content=text.encode(), **said, by=makers.everything(), on=a.TODAY)


def stands(promise, on=a.TODAY):
    return queries.standing(promise, on).judged


def kept(target=9_000):
    return a.promised(Kind.KEPT_STAFF, target=target, shape=Shape.THROUGHOUT)


def test_of_those_transferred_who_is_employed_still_is_counted_by_day():
    promise = kept()
    assert stands(promise).status is Status.UNKNOWN
    spells = [a.works(f"ST-{number}") for number in range(10)]
    a.works("ST-99", transferred=False)
    a.leaves(spells[0], date(2024, 9, 1))
    assert (stands(promise).value, stands(promise).status) == (9_000, Status.ON_COURSE)
    a.leaves(spells[1], date(2025, 6, 1))
    assert stands(promise).status is Status.AT_RISK, "notice was given for a day to come"
    assert stands(promise).since == date(2025, 6, 1)
    assert stands(promise, date(2025, 6, 1)).status is Status.BROKEN
    assert staff.still_employed(staff.worked(), a.TODAY) == (9, 10)


def test_who_moves_to_another_post_is_employed_still():
    promise = kept(10_000)
    a.leaves(a.works("ST-1"), date(2024, 7, 1), Why.MOVED)
    a.works("ST-1", 50, starts=date(2024, 7, 1))
    assert stands(promise).value == 10_000
    assert sum(staff.left(staff.worked(), years.Year(2024), transferred=True).values()) == 0


def test_a_compulsory_redundancy_breaks_the_promise_of_none():
    promise = a.promised(Kind.REDUNDANT, target=0, shape=Shape.THROUGHOUT)
    leaver, other = a.works("ST-1"), a.works("ST-2", transferred=False)
    a.leaves(other, date(2024, 8, 1), Why.COMPULSORY)
    assert stands(promise).status is Status.ON_COURSE, "who was not transferred is not in it"
    a.leaves(leaver, date(2024, 9, 1), Why.COMPULSORY)
    assert (stands(promise).status, stands(promise).value) == (Status.BROKEN, 100)


def test_the_borough_is_known_by_ward_or_by_the_postcode_of_an_address():
    promise = a.promised(Kind.LOCAL_WORK, target=7_500, shape=Shape.THROUGHOUT)
    makers.a_dwelling()
    a.works("ST-1", 100)
    a.works("ST-2", 50, ward="", postcode="ZZ1 1AA")
    a.works("ST-3", 50, ward=a.THEIRS)
    a.works("ST-4", 80, ward="", postcode="ZZ7 7ZZ")
    places = staff.local_fte(staff.worked(), a.TODAY)
    assert places == {True: 150, False: 50, None: 80}
    assert (stands(promise).value, stands(promise).status) == (7_500, Status.ON_COURSE)
    jobs = a.promised(Kind.JOBS, target=200)
    assert stands(jobs).value == 150


def test_fte_years_count_nobody_twice_and_nothing_outside():
    a.works("ST-1", 100)
    a.works("ST-2", 50)
    a.works("ST-3", 100, ward=a.THEIRS)
    assert staff.fte_years(staff.worked(), years.Year(2024)) == 1.5


def test_a_file_brings_posts_ends_what_was_open_and_sets_aside_what_does_not_fit():
    rows = [
        "ST-1,Officer,1.00,zz11aa,,2024-04-01,,,2024-04-01,fund",
        "ST-2,Officer,0.50,ZZ1 1AA,,2024-04-01,2024-10-01,retired,2024-04-01,fund",
        "Mary Rimmer,Officer,1.00,ZZ1 1AA,,2024-04-01,,,,",
        "ST-3,Officer,1.50,ZZ1 1AA,,2024-04-01,,,,",
        "ST-4,Officer,1.00,nowhere,,2024-04-01,,,,",
        "ST-5,Officer,1.00,ZZ1 1AA,,2024-04-01,2024-10-01,,,",
        "ST-6,Officer,1.00,ZZ1 1AA,,2024-04-01,2024-10-01,bored,,",
        "ST-2,Leader,1.00,ZZ1 1AA,,2024-09-01,,,2024-04-01,fund",
        "ST-1,Officer,1.00,ZZ1 1AA,,2024-05-01,,,,fund",
        "ST-7,Officer,1.00,ZZ1 1AA,Linacre,2024-04-01,,,,",
        "=cmd(),Officer,1.00,ZZ1 1AA,,2024-04-01,,,,",
    ]
    file = load(HEAD + "\n".join(rows))
    assert (file.rows, file.set_aside) == (2, 9)
    said = dict(file.asides.values_list("line", "reason"))
    assert "no name" in said[4]
    assert "shares days" in said[9]
    assert "another day of transfer" in said[10]
    assert models.Spell.objects.get(member__number="ST-1").postcode == "ZZ1 1AA"
    assert not models.Member.objects.filter(number="ST-3").exists()
    ended = load(f"{HEAD}ST-1,Officer,1.00,ZZ1 1AA,,2024-04-01,2025-01-01,died,2024-04-01,fund\n")
    assert ended.rows == 1
    assert models.Spell.objects.get(member__number="ST-1").why == Why.DIED
    again = f"{HEAD}ST-1,Officer,1.00,ZZ1 1AA,,2024-04-01,2025-02-01,died,2024-04-01,fund\n"
    with pytest.raises(taking.NothingNew, match="has ended"):
        load(again)


def test_a_large_file_asks_the_database_as_often_as_a_small_one(django_assert_max_num_queries):
    rows = [f"ST-{number},Officer,1.00,ZZ1 1AA,,2024-04-01,,,," for number in range(300)]
    rows.append("ST-0,Officer,1.00,ZZ1 1AA,,2024-04-01,2024-09-01,moved,,")
    rows.append("ST-0,Leader,1.00,ZZ1 1AA,,2024-09-01,,,,")
    with django_assert_max_num_queries(30):
        file = load(HEAD + "\n".join(rows))
    assert (file.rows, models.Member.objects.count()) == (302, 300)
    assert models.Spell.objects.get(post="Leader").member.number == "ST-0"
    assert models.Spell.objects.filter(member__number="ST-0", ends=date(2024, 9, 1)).exists()


def test_a_file_with_other_signs_between_its_columns_says_what_to_do():
    with pytest.raises(feeds.UnreadableFile, match="not separated by “,”"):
        load(HEAD.replace(",", ";"))


def test_training_counts_for_those_on_the_list_and_once():
    promise = a.promised(Kind.TRAINED, target=40_00)
    a.works("ST-1")
    head = "Number,Day,Course,Hours\n"
    file = load(
        f"{head}ST-1,2024-06-01,Council Tax law,7.5\nST-1,2024-06-01,Council Tax law,7.5\n"
        "ST-9,2024-06-01,Council Tax law,7.5\nST-1,2024-06-02,Council Tax law,25\n"
        "ST-1,2024-02-01,Before,2\n",
        commands.load_training,
    )
    assert (file.rows, file.set_aside) == (2, 3)
    assert stands(promise).value == 750, "what came before the promise counts for nothing"


def test_a_post_fits_the_list_or_is_refused():
    a.works("ST-1")
    with pytest.raises(commands.NotOnTheList, match="shares days"):
        a.works("ST-1", starts=date(2024, 8, 1))
    with pytest.raises(commands.NotOnTheList, match="no name"):
        a.works("MARY RIMMER")
    with pytest.raises(commands.NotADay):
        a.leaves(models.Spell.objects.get(), a.TRANSFER)
    a.leaves(models.Spell.objects.get(), date(2024, 8, 1))
    with pytest.raises(commands.LeftAlready):
        a.leaves(models.Spell.objects.get(), date(2024, 9, 1))


def test_facts_of_the_list_hold_no_number_of_anybody():
    a.leaves(a.works("ST-777"), date(2024, 8, 1))
    for fact in Fact.objects.filter(what__startswith="partnership.work"):
        assert "777" not in str(fact.detail)


def test_the_list_only_ends():
    a.works("ST-1")
    for change in (
        "update promises_spell set fte_hundredths = 1",
        "delete from promises_spell",
        "update promises_member set transferred_on = null",
    ):
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            transaction.get_connection().cursor().execute(change)


def test_before_a_transfer_each_step_has_its_day_by_the_law_of_that_day():
    by, on = makers.everything(), a.TODAY
    new = transfers.record_transfer(
        title="Staff to the partner", day=date(2025, 5, 1), by=by, on=on
    )
    old = transfers.record_transfer(title="Staff back", day=date(2008, 10, 1), by=by, on=on)
    liability = {one.slug: one for one in checklist.of(new)}["liability"]
    assert (liability.by, liability.state(on)) == (date(2025, 4, 3), "To be done")
    assert liability.state(date(2025, 4, 4)) == "Late"
    assert {one.slug: one for one in checklist.of(old)}["liability"].by == date(2008, 9, 17)
    transfers.tick(transfer=old, step="liability", done_on=date(2008, 9, 18), by=by, on=on)
    assert {one.slug: one for one in checklist.of(old)}["liability"].state(on) == "Done late"
    with pytest.raises(transfers.DoneAlready):
        transfers.tick(transfer=old, step="liability", done_on=on, by=by, on=on)
    with pytest.raises(transfers.NoSuchStep):
        transfers.tick(transfer=old, step="party", done_on=on, by=by, on=on)
    with pytest.raises(transfers.NotADay):
        transfers.tick(transfer=new, step="liability", done_on=date(2025, 4, 2), by=by, on=on)
    with pytest.raises(transfers.NotADay):
        transfers.record_transfer(title="Long ago", day=date(2006, 4, 5), by=by, on=on)


def test_its_pages_record_show_and_end():
    visitor = officers.a_visitor(officers.an_officer("Cora", *officers.every_capability()))
    answers = {
        "number": "st-1",
        "post": "Officer",
        "fte": "0.8",
        "postcode": "zz11aa",
        "starts_day": "1",
        "starts_month": "4",
        "starts_year": "2024",
    }
    visitor.post("/partnership/staff/new", officers.posted(**answers))
    spell = models.Spell.objects.get()
    assert (spell.fte_hundredths, spell.postcode) == (80, "ZZ1 1AA")
    assert "ST-1" in visitor.get("/partnership/staff/list").content.decode()
    ends = {"ends_day": "1", "ends_month": "2", "ends_year": "2025", "why": "retired"}
    visitor.post(f"/partnership/staff/posts/{spell.pk}/end", officers.posted(**ends))
    shown = visitor.get("/partnership/staff/list").content.decode()
    assert "Retired" in shown
    assert "0.00" in visitor.get("/partnership/staff").content.decode()
    file = SimpleUploadedFile("s.csv", f"{HEAD}ST-2,Officer,1,ZZ1 1AA,,2024-04-01,,,,\n".encode())
    said = officers.posted(title="List", source="Invented") | {"file": file}
    visitor.post("/partnership/staff/load/list", said)
    assert models.Member.objects.filter(number="ST-2").exists()
    transfer = officers.posted(
        title="Staff to the partner", day_day="1", day_month="10", day_year="2025"
    )
    visitor.post("/partnership/transfers/new", transfer)
    made = models.Transfer.objects.get()
    page = visitor.get(f"/partnership/transfers/{made.pk}").content.decode()
    assert "3 Sep 2025" in page
    assert "Unverified" in page
    done = officers.posted(done_on_day="1", done_on_month="3", done_on_year="2025")
    visitor.post(f"/partnership/transfers/{made.pk}/measures", done)
    assert "1 done" in visitor.get("/partnership/transfers").content.decode()


def test_who_may_see_promises_does_not_see_the_list():
    hina = officers.an_officer("Hina", capabilities.SEE_PROMISES)
    visitor = officers.a_visitor(hina)
    assert visitor.get("/partnership/staff").status_code == 200
    assert visitor.get("/partnership/staff/list").status_code == 403
