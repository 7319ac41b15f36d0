"""The fields that a feed can fill, and our words for what stands in them."""

DEBT_KINDS = {
    "RENT": "Rent",
    "GARAGE": "Garage rent",
    "HBOP": "Housing Benefit overpayment",
    "SUNDRY": "Sundry debt",
    "ASC_CHARGE": "Adult social care charge",
    "PCN": "Parking penalty",
    "CTAX": "Council Tax",
    "NNDR": "Business rates",
}
STAGES = {
    "current": "Nothing done",
    "reminded": "Reminded",
    "final": "Final notice",
    "arrangement": "Being paid by arrangement",
    "notice": "Notice seeking possession served",
    "court": "Before the court",
    "order": "Court order",
    "warrant": "Warrant",
    "agent": "With an enforcement agent",
}
EVERY = {"week": "a week", "fortnight": "a fortnight", "month": "a month", "year": "a year"}
AWARD_KINDS = {
    "HB": "Housing Benefit",
    "CTR": "Council Tax Reduction",
    "UC": "Universal Credit",
    "PC": "Pension Credit",
    "DHP": "Discretionary Housing Payment",
}
YES_NO = {"yes": "Yes", "no": "No"}
NOTICE_KINDS = {
    "death": "Death",
    "standard": "Breathing space",
    "mental_health": "Mental health crisis breathing space",
}
CONTACT_CODES = {
    "paying": "About paying",
    "cannot_pay": "Said that they cannot pay",
}

CHOICES = {
    "debt_kind": DEBT_KINDS,
    "stage": STAGES,
    "regular_every": EVERY,
    "award_kind": AWARD_KINDS,
    "landlord_paid": YES_NO,
    "notice_kind": NOTICE_KINDS,
    "contact_code": CONTACT_CODES,
}
PERSON = frozenset(
    [
        "key",
        "title",
        "given_names",
        "family_name",
        "full_name",
        "date_of_birth",
        "nino",
        "address_1",
        "address_2",
        "address_3",
        "address_4",
        "postcode",
        "uprn",
        "consent_from",
        "consent_until",
        "helper",
        "helper_contact",
    ]
)
DEBT = frozenset(
    [
        "debt_reference",
        "debt_kind",
        "pence",
        "oldest_due",
        "stage",
        "costs_pence",
        "regular_pence",
        "regular_every",
        "notice_served",
    ]
)
AWARD = frozenset(
    [
        "award_reference",
        "award_kind",
        "weekly_pence",
        "awarded_from",
        "awarded_until",
        "landlord_paid",
        "deductions_pence",
        "allowance_pence",
    ]
)
NOTICE = frozenset({"notice_reference", "notice_kind", "notice_from", "notice_until"})
CONTACT = frozenset({"contact_reference", "contact_on", "contact_code"})
FIELDS = PERSON | DEBT | AWARD | NOTICE | CONTACT

# What a row cannot be without, by what it brings.
NEEDED = {
    "people": frozenset({"key"}),
    "debts": frozenset({"key", "debt_reference", "debt_kind", "pence"}),
    "awards": frozenset({"key", "award_reference", "award_kind", "weekly_pence"}),
    "deaths": frozenset({"key", "notice_reference", "notice_kind", "notice_from"}),
    "moratoria": frozenset({"key", "notice_reference", "notice_kind", "notice_from"}),
    "contacts": CONTACT | {"key"},
}
