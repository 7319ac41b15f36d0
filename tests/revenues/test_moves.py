"""A move in one: several leavers and comers, each on their own day, at two addresses."""

from datetime import date

import numpy as np
import pytest

from borough.kernel.ledger import checks
from borough.kernel.ledger import queries as ledger
from borough.kernel.people.models import CorrespondenceAddress, Person, Residence
from borough.lines.revenues import billing, debit_waiting, models, receiving, settling
from borough.lines.revenues.commands import accounts, changing, households, moves, undoing
from borough.lines.revenues.letters import addressing
from borough.lines.revenues.queries import instructions
from tests import makers
from tests.revenues import debits
from tests.revenues.test_undoing import rows

SINCE = date(2024, 4, 1)
TODAY = date(2025, 6, 20)


def june(day: int) -> date:
    return date(2025, 6, day)


def living(person: Person, dwelling) -> Person:
    Residence.objects.create(person=person, dwelling=dwelling, starts=SINCE)
    return person


def billed(*accounts_of):
    billing.bill_accounts(
        [one.pk for one in accounts_of],
        makers.YEAR,
        on=makers.BILLING_DAY,
        by=makers.everything(),
        because="test",
    )


class Street:
    """12 Acacia Road, where the Smiths live, and 7 Beech Lane, where the Joneses do."""

    def __init__(self):
        self.acacia = makers.a_dwelling(band="B", line="12 Acacia Road")
        self.beech = makers.a_dwelling(band="D", line="7 Beech Lane")
        self.mr = living(makers.a_person("John", "Smith"), self.acacia)
        self.mrs = living(makers.a_person("Jane", "Smith"), self.acacia)
        self.son = living(
            makers.a_person("Sam", "Smith", date_of_birth=date(2007, 1, 9)), self.acacia
        )
        self.jones = living(makers.a_person("Joe", "Jones"), self.beech)
        self.other = living(makers.a_person("Joan", "Jones"), self.beech)
        self.smiths = makers.an_account(
            people=[self.mr, self.mrs], dwelling=self.acacia, adults=3, instalments=12
        )
        self.joneses = makers.an_account(people=[self.jones, self.other], dwelling=self.beech)
        for account in (self.smiths, self.joneses):
            account.liabilities.filter(person__in=[self.mrs, self.other]).update(basis="partner")
        billed(self.smiths, self.joneses)

    def left_acacia(self, **more):
        return moves.AtHome(
            self.acacia,
            left=[
                moves.Left(self.mr, june(3)),
                moves.Left(self.mrs, june(10)),
                moves.Left(self.son, june(14)),
            ],
            furniture_went=june(16),
            **more,
        )

    def at_beech(self, **more):
        return moves.AtHome(
            self.beech,
            left=[moves.Left(self.jones, june(1)), moves.Left(self.other, date(2025, 5, 28))],
            came=[
                moves.Came(self.mr, june(3), "freeholder"),
                moves.Came(self.mrs, june(10), "partner"),
                moves.Came(self.son, june(14), "resident"),
            ],
            furniture_went=june(1),
            furniture_came=june(16),
            **more,
        )


@pytest.fixture
def street(db):
    return Street()


def move(*homes, **more):
    return moves.record_move(homes=homes, by=makers.everything(), on=TODAY, **more)


def liable(account):
    found = account.liabilities.order_by("starts", "pk")
    return [(one.person.given_names, one.basis, one.starts, one.ends) for one in found]


def use(dwelling):
    found = models.Occupation.objects.filter(dwelling=dwelling).order_by("starts")
    return [(one.state, one.starts, one.ends) for one in found]


def adults(account):
    return [(one.adults, one.starts, one.ends) for one in account.households.order_by("starts")]


def test_the_move_of_the_smiths_and_the_joneses(street):
    moved = move(street.left_acacia(owners=[street.mr, street.mrs]), street.at_beech())

    street.smiths.refresh_from_db()
    street.joneses.refresh_from_db()
    assert (street.smiths.ends, street.joneses.ends) == (june(10), june(1))
    son, empty, beech = moved.opened
    assert liable(street.smiths) == [
        ("John", "freeholder", SINCE, june(3)),
        ("Jane", "partner", SINCE, june(10)),
    ]
    # Alone from the 10th to the 14th, the son is liable as a resident: section 6(2)(e).
    assert liable(son) == [("Sam", "resident", june(10), june(14))]
    assert liable(empty) == [
        ("John", "owner", june(14), None),
        ("Jane", "owner", june(14), None),
    ]
    assert liable(beech) == [
        ("John", "freeholder", june(3), None),
        ("Jane", "partner", june(10), None),
    ]
    assert adults(street.smiths) == [(3, SINCE, june(3)), (2, june(3), june(10))]
    assert adults(son) == [(1, june(10), june(14))]
    assert adults(street.joneses) == [
        (2, SINCE, date(2025, 5, 28)),
        (1, date(2025, 5, 28), june(1)),
    ]
    assert adults(beech) == [
        (1, june(3), june(10)),
        (2, june(10), june(14)),
        (3, june(14), None),
    ]
    assert use(street.acacia) == [
        ("furnished", june(14), june(16)),
        ("unfurnished", june(16), None),
    ]
    assert use(street.beech) == [
        ("unfurnished", june(1), june(3)),
        ("occupied", june(3), None),
    ]
    assert moved.nobody == [(street.beech, june(1), june(3))]
    homes = Residence.objects.filter(person=street.mrs).order_by("starts")
    assert [(one.dwelling, one.starts, one.ends) for one in homes] == [
        (street.acacia, SINCE, june(10)),
        (street.beech, june(10), None),
    ]


def charged(account):
    return ledger.balance(billing.KIND, account.reference)


def test_each_slice_is_charged_by_the_day(street):
    moved = move(street.left_acacia(owners=[street.mr, street.mrs]), street.at_beech())
    son, empty, beech = moved.opened
    # Band B £1,899.93, band D £2,442.76 a year of 365 days.
    assert charged(street.smiths) == round(189_993 * 70 / 365)  # 1 April to 9 June, full
    assert charged(son) == round(189_993 * 0.75 * 4 / 365)  # one adult, four days
    # Two days furnished and nobody's home: 100 % premium. Then 50 % in the first month empty,
    # 16 June to 15 July: 30 days; then the full charge for 259 days.
    assert charged(empty) == (
        round(189_993 * 2 * 2 / 365) + round(189_993 * 30 / 2 / 365) + round(189_993 * 259 / 365)
    )
    # Two Joneses 57 days, one 4 days.
    assert charged(street.joneses) == round(244_276 * 57 / 365) + round(244_276 * 0.75 * 4 / 365)
    # One Smith 7 days, then two and three: 295 days.
    assert charged(beech) == round(244_276 * 0.75 * 7 / 365) + round(244_276 * 295 / 365)
    assert checks.check() == []


def test_undoing_a_move_returns_to_the_penny(street):
    before = rows(street.smiths)
    owed = [charged(one) for one in (street.smiths, street.joneses)]
    moved = move(street.left_acacia(owners=[street.mr]), street.at_beech())
    undoing.undo_change(change=moved.change, by=makers.everything(), on=TODAY)
    after = rows(street.smiths)
    opened = {one.pk for one in moved.opened}
    after["account"] = [one for one in after["account"] if one["id"] not in opened]
    assert after == before
    assert [charged(one) for one in (street.smiths, street.joneses)] == owed
    assert [charged(one) for one in moved.opened] == [0, 0, 0]
    assert all(models.Account.objects.get(pk=one.pk).is_void for one in moved.opened)
    again = move(street.left_acacia(owners=[street.mr]), street.at_beech())
    assert liable(again.opened[0]) == [("Sam", "resident", june(10), june(14))]


def pay(account, pence):
    years = ledger.models.SubAccount.objects.get(
        kind=billing.KIND, reference=account.reference, part=makers.YEAR.name
    )
    receiving.post(
        keys=[f"test/{account.reference}"],
        sub_accounts=np.array([years.pk]),
        pence=np.array([pence]),
        on=june(1),
        by=makers.everything(),
    )


def test_what_is_left_over_is_carried_to_the_new_account_and_back_when_undone(street):
    pay(street.smiths, 189_993)
    moved = move(street.left_acacia(), street.at_beech())
    [_, beech] = moved.opened
    assert charged(street.smiths) == 0
    credit = 189_993 - round(189_993 * 70 / 365)
    full = round(244_276 * 0.75 * 7 / 365) + round(244_276 * 295 / 365)
    assert charged(beech) == full - credit
    undoing.undo_change(change=moved.change, by=makers.everything(), on=TODAY)
    assert charged(street.smiths) == 0  # all of it charged again, and paid
    assert charged(beech) == 0


def test_a_credit_can_stay_to_be_refunded(street):
    pay(street.smiths, 189_993)
    move(street.left_acacia(), street.at_beech(), carry_credit=False)
    assert charged(street.smiths) == round(189_993 * 70 / 365) - 189_993


def test_a_credit_of_two_who_part_goes_with_neither_of_them_alone(street):
    pay(street.smiths, 189_993)
    left = [moves.Left(one, june(3)) for one in (street.mr, street.mrs, street.son)]
    gone = [moves.Left(one, june(1)) for one in (street.jones, street.other)]
    came = [moves.Came(street.mr, june(3), "tenant")]
    moved = move(moves.AtHome(street.acacia, left=left), moves.AtHome(street.beech, gone, came))
    credit = 189_993 - round(189_993 * 63 / 365)
    assert charged(street.smiths) == -credit
    assert moved.kept_credit == [street.smiths]


def test_the_way_of_paying_goes_along(street):
    moved = move(street.left_acacia(), street.at_beech())
    assert moved.opened[-1].plans.get().instalments == 12
    assert street.smiths.plans.get().ends == june(10)


def test_a_direct_debit_stays_behind_and_the_payer_is_asked_for_another(db):
    left, came = debits.a_payer(adults=1), makers.a_dwelling(line="7 Beech Lane")
    mary = left.liabilities.get().person
    moved = move(
        moves.AtHome(left.dwelling, left=[moves.Left(mary, june(3))]),
        moves.AtHome(came, came=[moves.Came(mary, june(3), "tenant")]),
    )
    [new] = moved.opened
    assert moved.unpaid_by_debit == [new]
    assert new.plans.get().method == models.Plan.Method.CASH
    assert instructions.left_behind(TODAY) == [(new.reference, came.pk, june(3))]
    waits = debit_waiting.waits(makers.everything(), TODAY)
    assert "Ask one payer who has moved" in " ".join(one.text for one in waits)
    plan = {"instalments": 10, "payment_day": 1, "starts": TODAY}
    accounts.choose_plan(account=new, **plan, by=makers.everything(), on=TODAY)
    assert instructions.left_behind(TODAY) == []  # who was asked, and pays in another way


def test_letters_follow_to_the_new_home_from_that_day_unless_they_go_elsewhere(street):
    moved = move(street.left_acacia(), street.at_beech())
    for account in (street.smiths, moved.opened[-1]):
        for on, line in ((june(2), "12 Acacia Road"), (june(10), "7 Beech Lane")):
            if on >= account.starts:
                [letter] = addressing.heads([addressing.Asked(account.pk, SINCE)], on=on)
                assert letter.head.address[0] == line
    CorrespondenceAddress.objects.create(person=street.mr, lines="1 Far Street", starts=SINCE)
    [letter] = addressing.heads([addressing.Asked(street.smiths.pk, SINCE)], on=TODAY)
    assert letter.head.address[0] == "1 Far Street"


def test_where_nobody_is_known_to_be_liable_it_says_so(street):
    moved = move(street.left_acacia())
    assert moved.nobody == [
        (street.acacia, june(14), june(16)),
        (street.acacia, june(16), None),
    ]
    assert [liable(one)[0][0] for one in moved.opened] == ["Sam"]


def test_one_of_two_leaves_and_the_account_goes_on(street):
    home = moves.AtHome(street.acacia, left=[moves.Left(street.mr, june(3))])
    moved = move(home, letters=moves.Letters("1 Far Street\nLeeds", "ZZ2 2ZZ"))
    assert moved.opened == []
    street.smiths.refresh_from_db()
    assert street.smiths.ends is None
    assert liable(street.smiths) == [
        ("John", "freeholder", SINCE, june(3)),
        ("Jane", "partner", SINCE, None),
    ]
    assert adults(street.smiths) == [(3, SINCE, june(3)), (2, june(3), None)]
    letters = CorrespondenceAddress.objects.get()
    assert (letters.person, letters.starts) == (street.mr, june(3))
    undoing.undo_change(change=moved.change, by=makers.everything(), on=TODAY)
    assert not CorrespondenceAddress.objects.exists()


def test_a_single_person_discount_follows_when_the_last_but_one_leaves(street):
    left = [moves.Left(street.mr, june(3)), moves.Left(street.son, june(3))]
    moved = move(moves.AtHome(street.acacia, left=left))
    assert adults(street.smiths)[-1] == (1, june(3), None)
    assert moved.change_pence == -(
        189_993 - round(189_993 * 63 / 365) - round(189_993 * 0.75 * 302 / 365)
    )


def test_awards_end_with_the_account_and_are_told(street):
    award = street.smiths.reductions.create(kind=1, year_pence=50_000, starts=SINCE)
    street.smiths.disabled_reductions.create(starts=SINCE)
    households.apply_disregard(
        account=street.smiths,
        person=street.son,
        ground="student",
        starts=date(2025, 4, 1),
        by=makers.everything(),
        on=TODAY,
    )
    moved = move(street.left_acacia())
    assert award in moved.ended
    assert {type(one).__name__ for one in moved.ended} == {
        "Reduction",
        "DisabledReduction",
        "Disregard",
    }
    assert street.smiths.reductions.get().ends == june(10)
    # The son stays for four days more on an account of his own, and is a student still.
    assert [(one.starts, one.ends) for one in moved.opened[0].disregards.all()] == [
        (june(10), june(14))
    ]


def test_an_exemption_of_an_empty_home_ends_when_somebody_moves_in(db):
    makers.an_open_ledger()
    home = makers.a_dwelling(band="C")
    models.Exemption.objects.create(dwelling=home, letter="F", starts=SINCE)
    models.Occupation.objects.create(dwelling=home, state="unfurnished", starts=SINCE)
    person = makers.a_person("New", "Comer")
    moved = move(moves.AtHome(home, came=[moves.Came(person, june(3), "tenant")]))
    assert models.Exemption.objects.get().ends == june(3)
    assert adults(moved.opened[0]) == [(1, june(3), None)]
    assert use(home) == [("unfurnished", SINCE, june(3)), ("occupied", june(3), None)]


def test_a_lodger_stays_and_is_liable_when_the_owner_leaves(street):
    moved = move(
        moves.AtHome(
            street.acacia,
            left=[moves.Left(street.mr, june(3)), moves.Left(street.mrs, june(3))],
            owners=[street.mr],
        )
    )
    assert [liable(one) for one in moved.opened] == [[("Sam", "resident", june(3), None)]]


def test_a_child_who_stays_is_neither_counted_nor_liable(street):
    Person.objects.filter(pk=street.son.pk).update(date_of_birth=date(2010, 1, 9))
    left = [moves.Left(street.mr, june(3)), moves.Left(street.mrs, june(3))]
    street.smiths.households.update(adults=2)
    moved = move(moves.AtHome(street.acacia, left=left, owners=[street.mr]))
    assert [liable(one)[0][1] for one in [*moved.opened, street.smiths]][-1] == "freeholder"
    assert use(street.acacia) == []  # a child lives there
    assert liable(street.smiths)[-1][:2] == ("John", "owner")


def test_an_adult_whom_nobody_had_recorded_may_have_left_too(street):
    lodger = makers.a_person("Lou", "Lodger")
    street.smiths.households.update(adults=4)
    left = [moves.Left(one, june(3)) for one in (street.mr, street.mrs, street.son)]
    moved = move(moves.AtHome(street.acacia, left=[*left, moves.Left(lodger, june(5))]))
    assert [liable(one) for one in moved.opened] == [[("Lou", "resident", june(3), june(5))]]
    assert adults(moved.opened[0]) == [(1, june(3), june(5))]


@pytest.mark.parametrize("day", [june(3), june(25)])
def test_a_sale_changes_the_owner_of_an_empty_home(db, day):
    makers.an_open_ledger()
    home = makers.a_dwelling()
    seller, buyer = makers.a_person("Old", "Owner"), makers.a_person("New", "Owner")
    account = makers.an_account(people=[seller], dwelling=home, adults=None)
    account.liabilities.update(basis="owner")
    models.Occupation.objects.create(dwelling=home, state="unfurnished", starts=SINCE)
    moved = move(moves.AtHome(home, left=[moves.Left(seller, day)], owners=[buyer]))
    account.refresh_from_db()
    assert account.ends == day
    assert liable(moved.opened[0]) == [("New", "owner", day, None)]
    assert use(home) == [("unfurnished", SINCE, None)]


REFUSED = {
    "nobody": (lambda s: [moves.AtHome(s.acacia)], moves.NobodyMoved, "Say who left"),
    "somebody from elsewhere": (
        lambda s: [moves.AtHome(s.acacia, left=[moves.Left(s.jones, june(3))])],
        moves.NotThere,
        "Joe Jones is recorded as living elsewhere",
    ),
    "the same move told twice": (
        lambda s: [moves.AtHome(s.acacia, left=[moves.Left(s.mr, june(3))], owners=[s.mr])],
        changing.NotADay,
        "John Smith is liable as the owner from 3 June 2025.* Undo the move",
    ),
    "before they came": (
        lambda s: [moves.AtHome(s.acacia, left=[moves.Left(s.mr, SINCE)])],
        changing.NotADay,
        "is there from 1 April 2024",
    ),
    "two homes": (
        lambda s: [
            moves.AtHome(s.acacia, left=[moves.Left(s.mr, june(10))]),
            moves.AtHome(s.beech, came=[moves.Came(s.mr, june(3), "tenant")]),
        ],
        moves.TwoHomes,
        "One has one main home at a time",
    ),
    "there already": (
        lambda s: [moves.AtHome(s.acacia, came=[moves.Came(s.mr, june(3), "tenant")])],
        moves.StillThere,
        "living there already",
    ),
    "one too many": (
        lambda s: [
            moves.AtHome(s.beech, left=[moves.Left(s.jones, june(3)), moves.Left(s.other, june(3))])
        ],
        moves.StillThere,
        "2 more adults are recorded",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_is_refused_in_words(street, name):
    homes, refusal, words = REFUSED[name]
    if name == "one too many":
        street.joneses.households.update(adults=4)
    if name == "the same move told twice":
        everybody = [moves.Left(one, june(3)) for one in (street.mr, street.mrs, street.son)]
        move(moves.AtHome(street.acacia, left=everybody, owners=[street.mr]))
    with pytest.raises(refusal, match=words):
        move(*homes(street))


def test_an_account_that_begins_later_stands_in_the_way(street):
    accounts.close_account(account=street.joneses, ends=june(5), by=makers.everything(), on=TODAY)
    accounts.open_account(
        dwelling=street.beech,
        people=[makers.a_person("New", "Comer")],
        basis="tenant",
        starts=june(12),
        by=makers.everything(),
        on=TODAY,
    )
    with pytest.raises(settling.LaterAccount, match="Undo its opening first"):
        move(moves.AtHome(street.beech, left=[moves.Left(street.jones, june(3))]))
