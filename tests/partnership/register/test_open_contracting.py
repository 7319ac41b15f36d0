"""The register as open contracting data: every export is held against the published schema."""

import hashlib
import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import jsonschema
import pytest
from django.test import Client

from borough.partnership import register
from borough.partnership.measures import commands as measures
from borough.partnership.register import ocds
from borough.partnership.seats import commands as signing_commands
from borough.partnership.seats import signing
from borough.rules import years
from borough.rules.partnership import rating
from tests import makers
from tests.partnership.register import register_makers as make
from tests.partnership.savings import contract_makers

pytestmark = pytest.mark.django_db
TODAY = make.TODAY
SCHEMA = Path(register.__file__).parent / "schema" / "release-schema-1.1.5.json"
COUNCIL = ocds.Publisher("Council of Nowhere", "GB-LAE-ABC", "ocds-aaaaaa")
URI = "https://council.example/partnership/public/contracts/open"
MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}T00:00:00Z")
PACKAGE = {"uri", "version", "publishedDate", "publisher", "releases"}


def moments(value: object) -> Iterator[str]:
    """Yield every day of a release: the validator itself does not look at how it is written."""
    if isinstance(value, dict):
        yield from (one for key, one in value.items() if key.lower().endswith("date"))
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    for one in parts:
        yield from moments(one)


@pytest.fixture(scope="module")
def validator() -> jsonschema.Draft4Validator:
    schema = json.loads(SCHEMA.read_text())
    jsonschema.Draft4Validator.check_schema(schema)
    checker = jsonschema.Draft4Validator.FORMAT_CHECKER
    return jsonschema.Draft4Validator(schema, format_checker=checker)


@pytest.fixture
def exported(validator):
    """Return the releases of a day by reference, each held against the schema."""

    def export(publisher: ocds.Publisher = COUNCIL, on: date = TODAY) -> dict[str, dict]:
        package = json.loads(json.dumps(ocds.package(publisher, on, uri=URI)))
        assert set(package) == PACKAGE
        for one in package["releases"]:
            assert [fault.message for fault in validator.iter_errors(one)] == []
            assert all(MOMENT.fullmatch(moment) for moment in moments(one))
        return {one["contracts"][0]["id"]: one for one in package["releases"]}

    return export


def test_the_schema_is_the_published_one_and_refuses_what_is_wrong(validator):
    digest = (SCHEMA.parent / "README.md").read_text().split("SHA-256 `")[1][:64]
    assert hashlib.sha256(SCHEMA.read_bytes()).hexdigest() == digest
    for wrong in ({"tag": ["talk"]}, {"ocid": ""}, {"contracts": [{"id": "1"}]}):
        release = {"ocid": "x", "id": "1", "tag": ["contract"], "initiationType": "tender"}
        told = {**release, "date": "2025-03-10T00:00:00Z", "language": "en"}
        assert not list(validator.iter_errors(told))
        assert list(validator.iter_errors({**told, **wrong})), wrong


def test_a_contract_is_a_release_with_its_amendments(exported):
    make.amended("C/1", value_is=make.SUM.WHOLE, value_pence=86_000_50)
    one = exported()["C/1"]
    [contract] = one["contracts"]
    assert one["ocid"] == "ocds-aaaaaa-C/1"
    assert one["tag"] == ["award", "contract", "contractAmendment"]
    assert contract["value"] == {"amount": 86000.5, "currency": "GBP"}
    assert contract["period"]["endDate"] == "2027-03-31T00:00:00Z"
    [amendment] = contract["amendments"]
    assert amendment["date"] == "2025-03-10T00:00:00Z"
    assert amendment["description"] == "Changed: ends"
    assert "implementation" not in contract
    buyer, supplier = one["parties"]
    assert buyer["identifier"]["scheme"] == "GB-LAE"
    assert supplier["id"] == contract_supplier(one) == "GB-COH-00000000"


def contract_supplier(release: dict) -> str:
    return release["awards"][0]["suppliers"][0]["id"]


def test_a_sum_a_year_is_no_value_of_the_contract(exported):
    make.entered()
    [contract] = exported()["C/1"]["contracts"]
    assert "value" not in contract
    assert "£86,000.00 a year, as estimated or budgeted." in contract["description"]


@pytest.mark.parametrize(
    ("changed", "status"),
    [
        ({}, "active"),
        ({"starts": date(2025, 4, 1)}, "pending"),
        ({"ends": date(2025, 3, 9)}, "terminated"),
        ({"ends": None, "review_on": None, "registered_with": "", "registration": ""}, "active"),
    ],
)
def test_every_state_of_a_contract_fits_the_schema(exported, changed, status):
    make.entered(**changed)
    assert exported()["C/1"]["contracts"][0]["status"] == status


def test_without_a_prefix_and_an_identifier_it_says_so(exported):
    make.entered()
    one = exported(ocds.Publisher("Council of Nowhere", "", ""))["C/1"]
    assert one["ocid"] == "unregistered-C/1"
    assert one["buyer"] == {"id": "council", "name": "Council of Nowhere"}
    assert "identifier" not in one["parties"][0]
    text = Client().get("/partnership/public/contracts").content.decode()
    assert "registered no prefix" in text


def test_the_partners_contract_shows_measures_that_both_judge_and_what_was_charged(exported):
    makers.an_open_ledger(2015, 2023, 2024)
    contract_makers.charge("OF-A-CONTRACT-BEFORE", 5_00, year=years.Year(2015))
    contract_makers.charge("INV-1", 700_000_00)
    contract_makers.charge("CN-1", 1_234_56, is_credit=True)
    make.entered("C/1", is_partnership=True)
    make.entered("C/2")
    both = contract_makers.both()
    on, by = TODAY, makers.everything()
    for slug, signers in (
        ("revenues.collected_in_year", both),
        ("partnership.satisfied", both[:1]),
    ):
        target = measures.propose_target(
            measure=slug,
            target=rating.Target(9700, 9600, 9500),
            starts=date(2024, 4, 1),
            by=by,
            on=on,
        )
        digest = signing.digest(target.content)
        for one in signers:
            signing_commands.sign(thing=target.thing, digest=digest, by=one, on=on)
    measures.count(
        measure="revenues.collected_in_year", year=years.Year(2024), as_at=on, by=by, on=on
    )
    found = exported()
    done = found["C/1"]["contracts"][0]["implementation"]
    assert [one["code"] for one in done["milestones"]] == ["revenues.collected_in_year"]
    [milestone] = done["milestones"]
    assert milestone["status"] == "scheduled", "no data is neither met nor missed"
    assert "Target: 97.00%, signed by both. Counted: No data." in milestone["description"]
    assert [one["value"]["amount"] for one in done["transactions"]] == [700_000, -1234.56]
    assert "INV-1" not in json.dumps(found), "amounts and days, no numbers of invoices"
    assert "implementation" in found["C/1"]["tag"]
    assert "implementation" not in found["C/2"]["contracts"][0]


def test_the_same_content_has_the_same_id_and_another_has_another(exported):
    contract = make.entered("C/1")
    first = exported()["C/1"]
    assert exported(on=date(2025, 3, 11))["C/1"] == first
    make.amend(contract, ends=date(2027, 3, 31))
    assert exported()["C/1"]["id"] != first["id"]


def test_anybody_may_save_it(validator, monkeypatch):
    monkeypatch.setattr("borough.kernel.clock.today", lambda: TODAY)
    make.amended()
    make.entered("C/2")
    answer = Client().get("/partnership/public/contracts/open")
    assert answer["Content-Disposition"] == 'attachment; filename="contracts-2025-03-10.json"'
    told = json.loads(answer.content)
    assert told["version"] == "1.1"
    assert told["publishedDate"] == "2025-03-10T00:00:00Z"
    for one in told["releases"]:
        validator.validate(one)
    assert len(told["releases"]) == 2
