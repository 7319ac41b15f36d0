from datetime import date

import numpy as np
import pytest
from django.db import DatabaseError, connection, transaction

from borough.kernel import commanding, joining
from borough.kernel.facts import chain, commands, delivering, models, queries, sentences
from borough.kernel.people.models import Person
from tests.conftest import as_owner

TODAY = date(2025, 6, 2)
SYSTEM = commanding.system("tests")


def a_person() -> Person:
    return Person.objects.create(given_names="Mary", family_name="Rimmer")


def looked(person: Person, **changed: object) -> int:
    words = {"subject": "a resident", "purpose": "support"}
    return commands.record(
        "kernel.looked",
        about=[person.pk],
        thing="person/1",
        by=SYSTEM,
        on=TODAY,
        **words,
        **changed,
    )


def test_a_fact_is_told_as_a_sentence_on_the_persons_timeline(db):
    person = a_person()
    looked(person)
    [entry] = queries.timeline_of_people([person.pk])
    assert entry.sentence == "Looked at a resident: support"
    assert entry.by == "system/tests"


def test_a_fact_of_no_declared_kind_is_refused(db):
    with pytest.raises(commands.UnknownKind, match="declare it there first"):
        commands.record("kernel.made_up", by=SYSTEM, on=TODAY)


def test_a_fact_that_cannot_fill_its_sentence_is_refused(db):
    with pytest.raises(sentences.Incomplete, match="purpose"):
        commands.record("kernel.looked", by=SYSTEM, on=TODAY, subject="x")


@pytest.mark.parametrize(
    "attack",
    [
        "update facts_fact set what = 'x'",
        "delete from facts_fact",
        "truncate facts_fact cascade",
        "delete from facts_concerns",
        "update facts_batch set facts = 0",
        (
            'insert into facts_fact (batch_id, what, thing, "on", by, detail)'
            " select id, 'x', '', '2025-01-01', 'x', '{}' from facts_batch limit 1"
        ),
    ],
)
def test_what_is_recorded_stays(db, attack):
    looked(a_person())
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(attack)
    assert models.Fact.objects.count() == 1


def test_the_chain_is_whole_and_links_once(db):
    for _ in range(3):
        looked(a_person())
    assert chain.link() == 3
    assert chain.link() == 0
    assert chain.faults() == []
    assert len(chain.head()) == 64


def test_a_changed_fact_shows(own_database):
    looked(a_person())
    chain.link()
    with as_owner() as owner:  # only the tables' owner can get this far
        owner.execute("alter table facts_fact disable trigger all")
        owner.execute('update facts_fact set detail = \'{"purpose": "nothing"}\'')
        owner.execute("alter table facts_fact enable always trigger facts_fact_only_appends")
    assert chain.faults() == [
        f"facts batch {models.Batch.objects.get().pk} is not what was recorded"
    ]


def test_every_card_is_sound():
    assert joining.check(joining.cards()) == []


def test_many_facts_are_one_batch(db):
    people = [a_person() for _ in range(5)]
    happenings = [
        commands.Happening((p.pk,), f"person/{p.pk}", {"subject": "x", "purpose": "support"})
        for p in people
    ]
    ids = commands.record_many("kernel.looked", happenings, by=SYSTEM, on=TODAY)
    assert len(ids) == 5
    assert models.Batch.objects.get().facts == 5


def test_a_few_facts_are_written_as_many_are(db, monkeypatch):
    mary, john = a_person(), Person.objects.create(given_names="John", family_name="Ball")
    told = {"subject": "a “resident”\\n", "purpose": "5 % of {all}", "more": [1, None, "%s"]}
    happenings = [
        commands.Happening([john.pk, mary.pk, mary.pk], "person/'1'", told),
        commands.Happening((), "", told),
    ]

    def recorded():
        ids = commands.record_many("kernel.looked", happenings, by=SYSTEM, on=TODAY)
        facts = models.Fact.objects.filter(pk__in=ids).order_by("pk")
        about = models.Concerns.objects.filter(fact__in=ids).order_by("fact_id", "person_id")
        rows = list(facts.values_list("what", "thing", "on", "by", "detail"))
        return rows, [(ids.index(one.fact_id), one.person_id) for one in about]

    few = recorded()
    monkeypatch.setattr(commands, "FEW", 0)
    assert recorded() == few
    chain.link()
    assert not chain.faults()


def test_news_that_cannot_be_heard_keeps_no_other_back(db, monkeypatch):
    heard = []

    def hear(facts):
        if any(fact.thing == "person/bad" for fact in facts):
            raise ValueError("a handler with a fault")
        heard.append([fact.thing for fact in facts])

    monkeypatch.setattr(joining, "hearers", lambda _: [("revenues", hear)])
    words = {"subject": "a resident", "purpose": "support"}
    for name in ("one", "two", "bad", "three"):
        commands.record("kernel.looked", thing=f"person/{name}", by=SYSTEM, on=TODAY, **words)
    assert delivering.deliver(limit=2) == 2
    assert delivering.deliver() == 1
    assert heard == [["person/one", "person/two"], ["person/three"]]
    [owed] = models.Delivery.objects.filter(delivered_at=None)
    assert owed.attempts == 1, "it is tried again, but not in the same minute"


def test_columns_record_what_happenings_record(db):
    people = [a_person().pk for _ in range(3)]
    subjects = ["100 %s", 'quoted "x"', "£5"]
    commands.record_many(
        "kernel.looked",
        [
            commands.Happening(about, f"person/{about[0]}", {"subject": one, "purpose": "50 %"})
            for about, one in zip([people[:1], people[1:], people[:1]], subjects, strict=True)
        ],
        by=SYSTEM,
        on=TODAY,
    )
    ids = commands.record_columns(
        "kernel.looked",
        commands.Columns(
            thing=[f"person/{people[i]}" for i in (0, 1, 0)],
            detail={"subject": subjects, "purpose": "50 %"},
            about=(np.array([0, 1, 1, 2, 2]), np.array([*people, people[0], people[0]])),
        ),
        by=SYSTEM,
        on=TODAY,
    )
    rows = [
        [
            (fact.thing, fact.detail, sorted(fact.concerns.values_list("person_id", flat=True)))
            for fact in queries.of_batch(batch)
        ]
        for batch in models.Batch.objects.order_by("id").values_list("pk", flat=True)
    ]
    assert rows[0] == rows[1]
    assert [fact.pk for fact in models.Fact.objects.order_by("id")][3:] == ids
    chain.link()
    assert chain.faults() == []


def test_columns_of_numbers_are_numbers_and_none_are_no_facts(db):
    columns = commands.Columns(
        thing=["a", "b"],
        detail={"subject": np.array([2**53 + 1, -1]), "purpose": [date(2025, 4, 1), None]},
        about=(np.array([], np.int64), np.array([], np.int64)),
    )
    commands.record_columns("kernel.looked", columns, by=SYSTEM, on=TODAY)
    assert list(models.Fact.objects.order_by("id").values_list("detail", flat=True)) == [
        {"subject": 2**53 + 1, "purpose": "2025-04-01"},
        {"subject": -1, "purpose": None},
    ]
    nobody = (np.array([], np.int64), np.array([], np.int64))
    none = commands.Columns([], {"subject": [], "purpose": "x"}, nobody)
    assert commands.record_columns("kernel.looked", none, by=SYSTEM, on=TODAY) == []


def test_columns_without_a_word_of_the_sentence_are_refused(db):
    nobody = (np.array([], np.int64), np.array([], np.int64))
    with pytest.raises(sentences.Incomplete, match="purpose"):
        commands.record_columns(
            "kernel.looked",
            commands.Columns(["a"], {"subject": ["x"]}, nobody),
            by=SYSTEM,
            on=TODAY,
        )


A_FACT = 'insert into facts_fact (id, batch_id, what, thing, "on", by, detail) values '
A_ROW = "((900::bigint << 20) + %s, 900, 'x', '', '2025-01-01', 'x', '{}')"
A_BATCH = "insert into facts_batch (id, recorded_at, facts, digest) values (900, now(), %s, '')"
A_CONCERN = "insert into facts_concerns (person_id, fact_id) values (%s, (900::bigint << 20) + %s)"


@pytest.mark.parametrize(
    ("why", "attack"),
    [
        ("never counted", [A_FACT + A_ROW % 1]),
        ("numbered in its batch", [A_FACT + A_ROW % 2]),
        (
            "numbered in its batch",
            [A_FACT + A_ROW % 1 + "," + A_ROW.replace("900, 'x'", "9, 'x'") % 2],
        ),
        ("must count", [A_FACT + A_ROW % 1 + "," + A_ROW % 3, A_BATCH % 2]),
        ("must count", [A_BATCH % 1]),
        ("no such fact", [A_CONCERN % ("{person}", 1)]),
        ("no such fact", [A_FACT + A_ROW % 1, A_CONCERN % ("{person}", 2), A_BATCH % 1]),
        ("no such fact", [A_FACT + A_ROW % 1, A_CONCERN % ("{person}", 0), A_BATCH % 1]),
        ("no such person", [A_FACT + A_ROW % 1, A_CONCERN % (-5, 1), A_BATCH % 1]),
        ("already counted", [A_FACT + A_ROW % 1, A_BATCH % 1, A_CONCERN % ("{person}", 1)]),
        ("already counted", [A_FACT + A_ROW % 1, A_BATCH % 1, A_FACT + A_ROW % 2]),
    ],
)
def test_nothing_points_at_what_is_not_there(db, why, attack):
    person = a_person()
    known = [one.replace("{person}", str(person.pk)) for one in attack]
    with pytest.raises(DatabaseError, match=why), transaction.atomic():
        _run([*known, "set constraints all immediate"])  # the last is what a commit does


def test_a_whole_batch_by_hand_is_taken(db):
    """What the attacks above are made of is well-formed: each is refused for its own fault."""
    two = A_FACT + A_ROW % 1 + "," + A_ROW % 2
    _run([two, A_CONCERN % (a_person().pk, 2), A_BATCH % 2, "set constraints all immediate"])
    assert models.Batch.objects.get().members.count() == 2


def _run(statements: list[str]) -> None:
    with connection.cursor() as cursor:
        for one in statements:
            cursor.execute(one)


@pytest.mark.parametrize(
    "attack",
    ["delete from people_person", "update people_person set id = id + 1"],
)
def test_a_person_never_goes(db, attack):
    """Facts and money point at people, and are checked as they are written only."""
    person = a_person()
    with pytest.raises(DatabaseError, match="what is recorded stays"), transaction.atomic():
        _run([attack])
    Person.objects.filter(pk=person.pk).update(family_name="Corrected")
    assert Person.objects.get().family_name == "Corrected"


@pytest.mark.parametrize(
    ("fault", "attack"),
    [
        ("is not what was recorded", "update facts_fact set batch_id = batch_id + 1"),
        ("belongs to no batch", "update facts_fact set batch_id = batch_id + 1"),
        ("belongs to no batch", A_FACT + A_ROW % 1),
        (
            "belongs to no batch",
            A_FACT.replace("values", "select id + 1048576,")
            + 'batch_id, what, thing, "on", by, detail from facts_fact',
        ),
        ("speaks of nothing", A_CONCERN % (7, 1)),
    ],
)
def test_what_belongs_to_no_batch_shows(own_database, fault, attack):
    looked(a_person())
    assert chain.faults() == []
    with as_owner() as owner:  # only the tables' owner can get this far
        owner.execute("alter table facts_fact disable trigger all")
        owner.execute("alter table facts_concerns disable trigger all")
        owner.execute(attack)
    assert any(fault in one for one in chain.faults())
