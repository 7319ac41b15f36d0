from datetime import date

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction

from borough.kernel import commanding
from borough.kernel.documents import commands, models, queries, templates
from borough.kernel.people.models import Person
from tests.conftest import as_owner

TODAY = date(2026, 3, 12)
SYSTEM = commanding.system("tests")
TEMPLATE = "lines/revenues/letters/bill.typ"


def a_letter(title="Your bill", **said):
    return {"title": title, "amount_pence": 162_851, **said}


def issue(data=None, **words):
    given = {"template": TEMPLATE, "by": SYSTEM, "on": TODAY, "data": data or a_letter()}
    return commands.issue("revenues.bill", **(given | words))


def test_a_letter_is_listed_with_its_thing_and_its_addressees(db):
    mary = Person.objects.create(given_names="Mary", family_name="Rimmer")
    number = issue(thing="revenues.account/100001", about=[mary.pk, mary.pk])
    [entry] = queries.documents_of("revenues.account/100001")
    assert entry == queries.Entry(
        number,
        "revenues.bill",
        "Your bill",
        "revenues.account/100001",
        TODAY,
        "system/tests",
        False,
    )
    assert queries.documents_for([mary.pk]) == [entry]
    assert queries.documents_for([mary.pk + 1]) == []


def test_many_letters_are_one_run_and_keep_their_order(db):
    letters = [commands.Letter(a_letter(f"Bill {n}"), f"account/{n}") for n in range(2_000)]
    numbers = commands.issue_many("revenues.bill", letters, template=TEMPLATE, by=SYSTEM, on=TODAY)
    assert numbers == sorted(numbers)
    assert len(set(numbers)) == 2_000
    titles = models.Document.objects.order_by("id").values_list("title", flat=True)
    assert list(titles) == [f"Bill {n}" for n in range(2_000)]
    assert models.Template.objects.count() == 1


def test_all_letters_are_issued_or_none(db):
    letters = [commands.Letter(a_letter()), commands.Letter({"no": "title"})]
    with pytest.raises(commands.CannotBeKept, match="needs a title"):
        commands.issue_many("revenues.bill", letters, template=TEMPLATE, by=SYSTEM, on=TODAY)
    assert not models.Document.objects.exists()


def test_the_hash_is_of_what_was_said_not_of_the_order_in_which_it_was_said(db):
    one = issue({"title": "A", "b": 1, "c": ["ŵ", None, True]})
    two = issue({"c": ["ŵ", None, True], "b": 1, "title": "A"})
    other = issue({"title": "A", "b": 2, "c": ["ŵ", None, True]})
    hashes = dict(models.Document.objects.values_list("id", "data_hash"))
    # sha256 of {"b":1,"c":["ŵ",null,true],"title":"A"}
    known = "40cd9f49415e2c0b8ff64c6fa094448449a42ad67685756716a93253d9248554"
    assert hashes[one] == hashes[two]
    assert hashes[one] != hashes[other]
    assert hashes[one] == known


@pytest.mark.parametrize(
    ("said", "because"),
    [
        ({"amount": 1.5}, "data.amount is a float"),
        ({"amount": float("nan")}, "data.amount is a float"),
        ({"amount": float("inf")}, "data.amount is a float"),
        ({"lines": [{"on": TODAY}]}, r"data.lines\[0\].on is a date"),
        ({"name": "a\0b"}, "cannot be stored"),
        ({"name": "\ud83d"}, "cannot be stored"),
        ({3: "x"}, "a key that is not a word"),
    ],
)
def test_what_is_not_plain_json_is_refused_with_its_place(db, said, because):
    with pytest.raises(commands.CannotBeKept, match=because):
        issue(a_letter() | said)


def test_a_name_that_only_looks_like_a_forbidden_character_is_kept(db):
    said = a_letter(name="\\u0000 \\ud83d", lines=({"words": "a tuple is a list"},))
    kept = models.Document.objects.get(pk=issue(said)).data
    assert kept["name"] == said["name"]
    assert kept["lines"] == [{"words": "a tuple is a list"}]


def test_a_template_that_is_not_there_is_refused(db):
    with pytest.raises(templates.UnknownTemplate, match=r"no template /lines/nowhere\.typ"):
        issue(template="lines/nowhere.typ")


def test_the_template_is_kept_with_all_that_it_imports(db):
    issue()
    kept = models.Template.objects.get()
    assert set(kept.sources) == {f"/{TEMPLATE}", "/kernel/documents/letter.typ"}
    assert templates.fingerprint(kept.sources) == kept.hash


TABLES = {
    "documents_document": "title = ''",
    "documents_addressee": "person_id = 1",
    "documents_print": "pdf_sha256 = ''",
    "documents_template": "name = ''",
}


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("attack", ["delete from {}", "truncate {} cascade", "update {} set {}"])
def test_what_was_written_stays_written(db, table, attack):
    statement = attack.format(table, TABLES[table])
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    # The tables' owner has the permission; the database refuses all the same.
    with as_owner() as owner, pytest.raises(psycopg.errors.RestrictViolation, match="stays"):
        owner.execute(statement)


def test_a_row_has_one_letter_whoever_writes_it(db):
    first = commands.Letter(a_letter(), source="revenues.step/1")
    [number] = commands.issue_many("revenues.bill", [first], template=TEMPLATE, by=SYSTEM, on=TODAY)
    twice = pytest.raises(psycopg.errors.UniqueViolation, match="a_row_has_one_letter")
    with twice, transaction.atomic():
        commands.issue_many("revenues.refund_paid", [first], template=TEMPLATE, by=SYSTEM, on=TODAY)
    assert queries.written(["revenues.step/1", "revenues.step/2"]) == {"revenues.step/1": number}


def test_letters_that_name_no_row_are_not_in_each_others_way(db):
    assert issue() != issue()
    assert queries.written([""]) == {}
