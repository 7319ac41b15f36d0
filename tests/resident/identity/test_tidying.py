"""Records made comparable: what differs in writing alone is the same; what is unknown is null."""

from datetime import date

import pyarrow as pa
import pytest

from borough.resident.identity import tidying


def tidied(**held) -> dict:
    row = dict.fromkeys(tidying.HELD) | {"key": "1", "family_name": "Smith"} | held
    types = {"date_of_birth": pa.date32(), "uprn": pa.int64()}
    rows = {name: pa.array([value], types.get(name, pa.string())) for name, value in row.items()}
    [one] = tidying.tidy(tidying.Table("a-system", pa.table(rows))).to_pylist()
    return one


@pytest.mark.parametrize(
    ("line", "number", "street"),
    [
        ("14 Gorse Road", "14", "gorse road"),
        ("14, GORSE RD.", "14", "gorse road"),
        ("Flat 2, 14 Gorse Road", "2 14", "gorse road"),
        ("FLAT 2 14 GORSE RD", "2 14", "gorse road"),
        ("14a St. Mary's Gdns", "14a", "street marys gardens"),
        ("The Old Lighthouse", None, "the old lighthouse"),
        ("", None, None),
        (None, None, None),
    ],
)
def test_an_address_is_its_numbers_and_its_street(line, number, street):
    one = tidied(address=line)
    assert (one["number"], one["street"]) == (number, street)


@pytest.mark.parametrize(
    ("given", "first", "second"),
    [
        ("John Andrew", "john", "a"),
        ("J. A.", "j", "a"),
        ("Mary-Jane", "mary", "j"),
        ("", None, None),
    ],
)
def test_first_names(given, first, second):
    one = tidied(given_names=given)
    assert (one["given"], one["second"]) == (first, second)


def test_a_family_name_is_one_word_and_its_parts():
    assert tidied(family_name="O’Connor-Smith")["family"] == "oconnorsmith"
    assert tidied(family_name="O'Connor-Smith")["parts"] == ["oconnor", "smith"]


def test_a_short_form_is_kin_to_each_name_it_may_stand_for():
    assert set(tidied(given_names="Liz")["kin"]) & set(tidied(given_names="Elizabeth")["kin"])
    assert not set(tidied(given_names="Liz")["kin"]) & set(tidied(given_names="Mary")["kin"])


def test_a_date_turns_round_only_where_that_is_a_date():
    assert tidied(date_of_birth=date(1980, 4, 3))["turned"] == "1980-03-04"
    assert tidied(date_of_birth=date(1980, 4, 13))["turned"] is None
    assert tidied()["born"] is None


def test_what_is_not_known_is_null_and_never_an_empty_word():
    one = tidied(given_names="", nino="", postcode="", address="", uprn=None)
    for name in ("given", "initial", "start", "second", "nino", "postcode", "district", "uprn"):
        assert one[name] is None, name


def test_numbers_and_postcodes_are_written_close():
    one = tidied(nino="qq 12 34 56 c", postcode="l21 9aa", uprn=7)
    assert (one["nino"], one["postcode"], one["district"]) == ("QQ123456C", "L219AA", "L21")
