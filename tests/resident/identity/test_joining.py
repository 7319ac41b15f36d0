"""Joining and parting: facts, reversible, remembered; and the run over a town that is loaded."""

from contextlib import nullcontext
from datetime import date, timedelta

import numpy as np
import pyarrow as pa
import pytest
from django.urls import reverse

from borough.kernel import clock, copying
from borough.kernel.facts.models import Fact
from borough.kernel.people.models import Person
from borough.kernel.runs import commands as runs
from borough.kernel.runs import statistics
from borough.resident import purposes
from borough.resident.identity import capabilities, commands, linking, models, queries
from borough.resident.sources.models import Feed, Record, RecordState
from borough.town import lives, loading, plan, silos
from tests import makers, officers

TODAY = date(2025, 3, 10)
TOMORROW = TODAY + timedelta(1)
BENEFITS, PARKING = "other-benefits", "parking-penalties"

pytestmark = pytest.mark.django_db


def a_feed(source: str = BENEFITS) -> Feed:
    count = Feed.objects.count()
    reading = runs.ask(
        "resident.reading", f"test/{count}", asked={}, parts=1, by=makers.everything(), on=TODAY
    )
    return Feed.objects.create(
        source=source, as_at=TODAY, sha256=f"{count:064d}", loaded_on=TODAY, by="system/test",
        rows=1, reading=reading, taking=reading, taken_in_on=TODAY,
    )  # fmt: skip


def a_record(key: str = "1", source: str = BENEFITS, **held: object) -> Record:
    record = Record.objects.create(source=source, key=key)
    said = {"given_names": "Mary", "family_name": "Rimmer", "starts": TODAY, **held}
    RecordState.objects.create(record=record, feed=a_feed(source), **said)
    return record


def a_proposal(record: Record, person: Person, *, is_check: bool = False) -> models.Proposal:
    number = f"{record.pk}/{person.pk}"
    run = runs.ask("test", number, asked={}, parts=1, by=makers.everything(), on=TODAY)
    return models.Proposal.objects.create(
        record=record, person=person, run=run, is_check=is_check,
        weight_hundredths=900, per_million=998_000, reasons=[["Same first name", 750]],
    )  # fmt: skip


def joined(record: Record, person: Person, on: date = TODAY) -> models.Link:
    return commands.join(record=record, person=person, by=makers.everything(), on=on)


def test_what_is_joined_is_answered_from_its_day_on_and_leaves_a_fact():
    record, mary = a_record(), makers.a_person()
    joined(record, mary)
    assert queries.people_of([record.pk], TODAY) == {record.pk: mary.pk}
    assert queries.records_of([mary.pk], TODAY) == {mary.pk: [record.pk]}
    assert queries.people_of([record.pk], TODAY - timedelta(1)) == {}
    [fact] = Fact.objects.filter(what="resident.joined")
    assert fact.thing == f"resident.record/{record.pk}"
    assert fact.detail == {"source": "Benefits of the other system"}


def test_a_record_is_one_persons_and_joining_it_again_is_refused():
    record, mary, john = a_record(), makers.a_person(), makers.a_person("John")
    joined(record, mary)
    with pytest.raises(commands.AlreadyJoined, match="somebody else already"):
        joined(record, john)


def test_parting_restores_both_sides_and_is_remembered():
    record, mary = a_record(), makers.a_person()
    joined(record, mary)
    commands.split(record=record, person=mary, by=makers.everything(), on=TOMORROW)
    assert queries.people_of([record.pk], TOMORROW) == {}
    assert queries.people_of([record.pk], TODAY) == {record.pk: mary.pk}
    assert models.Apart.objects.filter(record=record, person=mary, ends=None).exists()
    with pytest.raises(commands.NotJoined):
        commands.split(record=record, person=mary, by=makers.everything(), on=TOMORROW)
    joined(record, mary, TOMORROW)  # and back again: the word before no longer counts
    assert not models.Apart.objects.filter(ends=None).exists()
    assert queries.people_of([record.pk], TOMORROW) == {record.pk: mary.pk}


def test_who_does_not_know_sends_the_pair_to_the_end_of_the_queue():
    mary = makers.a_person()
    first, second = (a_proposal(a_record(key), mary) for key in "12")
    assert queries.next_proposal() == first
    commands.leave_undecided(proposal=first, by=makers.everything(), on=TODAY)
    assert queries.next_proposal() == second


def test_precision_is_counted_from_what_people_decided_with_its_interval():
    mary = makers.a_person()
    for key in "1234":
        record = a_record(key)
        a_proposal(record, mary)
        if key == "4":
            commands.split(record=record, person=mary, by=makers.everything(), on=TODAY)
        else:
            joined(record, mary)
    [found] = queries.precision()
    assert (found.source, found.is_check, found.decided, found.same) == (BENEFITS, False, 4, 3)
    assert (found.low_permille, found.high_permille) == (301, 954)  # Wilson, 3 of 4


def load_town(dwellings: int, seed: int) -> np.ndarray:
    """Load the people of a town and its silos; return the id of each person's row."""
    planned = plan.draw(dwellings, seed)
    town = lives.draw(planned, TODAY)
    ids = loading.load(planned, town, TODAY, lambda *_: nullcontext()).person_id
    for silo in silos.draw(dwellings, seed, TODAY):
        if silo.book.source in (BENEFITS, PARKING):
            load_silo(silo)
    statistics.take()
    return ids


def load_silo(silo: silos.Silo) -> None:
    feed, held = a_feed(silo.book.source), silo.records
    Record.objects.bulk_create(Record(source=silo.book.source, key=key) for key in silo.keys)
    numbers = dict(Record.objects.filter(source=silo.book.source).values_list("key", "pk"))
    copying.copy("sources_recordstate", pa.table({
        "record_id": [numbers[key] for key in silo.keys],
        "feed_id": [feed.pk] * len(silo.keys),
        "title": held.title.tolist(),
        "given_names": held.given.tolist(),
        "family_name": held.family.tolist(),
        "date_of_birth": pa.array(held.born),
        "nino": held.nino.tolist(),
        "address": held.line.tolist(),
        "postcode": held.postcode.tolist(),
        "uprn": pa.array([one or None for one in held.uprn.tolist()], pa.int64()),
        "helper": [""] * len(silo.keys),
        "helper_contact": [""] * len(silo.keys),
        "starts": [TODAY] * len(silo.keys),
    }))  # fmt: skip


def test_a_run_joins_the_certain_rightly_proposes_others_and_remembers_what_was_decided():
    ids, by = load_town(1_200, 4), makers.everything()
    truth = {
        (silo.book.source, key): person
        for silo in silos.draw(1_200, 4, TODAY)
        for key, person in zip(silo.keys, silo.book.person.tolist(), strict=True)
    }
    records = {one.pk: (one.source, one.key) for one in Record.objects.all()}
    first = commands.ask_linking(by=by, on=TODAY)
    with pytest.raises(runs.AlreadyAsked):
        commands.ask_linking(by=by, on=TODAY)
    linking.carry_out(first, by=by)
    links = queries.people_of(records, TODAY)
    benefits = [record for record, (source, _) in records.items() if source == BENEFITS]
    assert len(links) > 0.8 * len(benefits)
    assert all(ids[truth[records[record]]] == person for record, person in links.items())
    assert not set(links) - set(benefits), "a keeper of a car is known by name and address alone"
    waiting = models.Proposal.objects.filter(is_check=False)
    assert waiting.filter(record__source=PARKING).exists()
    assert Fact.objects.filter(what="resident.joined").count() == len(links)

    parted, undecided = min(links), waiting.order_by("pk")[0]
    mine = Person.objects.get(pk=links[parted])
    commands.split(record=Record.objects.get(pk=parted), person=mine, by=by, on=TODAY)
    commands.leave_undecided(proposal=undecided, by=by, on=TODAY)
    second = commands.ask_linking(by=by, on=TODAY)
    linking.carry_out(second, by=by)
    again = queries.people_of(records, TODAY)
    assert again.items() >= {pair for pair in links.items() if pair[0] != parted}
    assert again.get(parted) != mine.pk
    assert not models.Proposal.objects.filter(record=parted, person=mine).exists()
    kept = models.Proposal.objects.get(record=undecided.record_id, person=undecided.person_id)
    assert kept.put_off == 1


def test_two_records_are_seen_side_by_side_only_for_help_and_the_answer_is_kept():
    mary = makers.a_person(date_of_birth=date(1950, 2, 3))
    record = a_record(nino="JK123456C", date_of_birth=date(1950, 2, 3), address="1 Gorse Road")
    waiting = a_proposal(record, mary)
    ann = officers.an_officer("Ann Example", capabilities.REVIEW_LINKS, purposes.SUPPORT_RESIDENTS)
    address = reverse("identity:proposal", args=[waiting.pk])
    collecting = officers.a_visitor(ann).get(address)
    assert collecting.status_code == 302, "no purpose of collecting opens another's record"
    looked = Fact.objects.filter(what="kernel.looked")
    before = looked.count()
    visitor = officers.a_visitor(ann, purpose=purposes.SUPPORT.slug)
    page = visitor.get(address)
    text = page.content.decode()
    assert page.status_code == 200
    assert "1 Gorse Road" in text
    assert "Same first name" in text
    assert "123456" not in text, "a National Insurance number is never shown"
    assert looked.count() == before + 1, "no log, no view"
    kept = visitor.post(address, officers.posted(answer="same"))
    assert kept.status_code == 302
    assert queries.people_of([record.pk], clock.today()) == {record.pk: mary.pk}
    assert models.Link.objects.get().decided_by == f"officer/{ann.pk}"
