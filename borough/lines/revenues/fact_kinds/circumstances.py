"""What is true about accounts, homes and households."""

from borough.kernel.joining import FactKind
from borough.lines.revenues.fact_kinds.concerning import PAYERS

KINDS = (
    FactKind(
        "revenues.account_opened",
        "Council Tax account {account} opened from {starts:day}",
        concerns=PAYERS,
    ),
    FactKind(
        "revenues.account_closed",
        "Council Tax account {account} closed from {ends:day}",
        concerns=PAYERS,
    ),
    FactKind(
        "revenues.band_changed",
        "Band {letter} from {starts:day} on account {account}",
        concerns=PAYERS,
    ),
    FactKind(
        "revenues.home_changed",
        "The home with UPRN {uprn}, for which nobody is billed then: {because}, from {starts:day}",
        concerns="the home",
    ),
    FactKind(
        "revenues.household_declared",
        "{adults} adults live there from {starts:day}: {change_pence:£} on account {account}",
        concerns=PAYERS,
    ),
    FactKind(
        "revenues.discount_applied",
        "Single person discount from {starts:day}: {change_pence:£} on account {account}",
        concerns=PAYERS,
    ),
    FactKind(
        "revenues.discount_ended",
        "Single person discount ended from {ends:day}: {change_pence:£} on account {account}",
        concerns=PAYERS,
    ),
    FactKind(
        "revenues.disregard_applied",
        "An adult disregarded from {starts:day}: {change_pence:£} on account {account}",
        concerns=PAYERS,
    ),
    FactKind(
        "revenues.disregard_ended",
        "A disregard ended from {ends:day}: {change_pence:£} on account {account}",
        concerns=PAYERS,
    ),
    FactKind(
        "revenues.exemption_applied",
        "Exempt, class {letter}, from {starts:day}: {change_pence:£} on account {account}",
        concerns=PAYERS,
    ),
    FactKind(
        "revenues.exemption_ended",
        "Exemption class {letter} ended from {ends:day}: {change_pence:£} on account {account}",
        concerns=PAYERS,
    ),
    FactKind(
        "revenues.occupation_recorded",
        "The home is {state} from {starts:day}: {change_pence:£} on account {account}",
        concerns=PAYERS,
    ),
    FactKind(
        "revenues.reduction_applied",
        "Disabled band reduction from {starts:day}: {change_pence:£} on account {account}",
        concerns=PAYERS,
    ),
    FactKind(
        "revenues.reduction_ended",
        "Disabled band reduction ended from {ends:day}: {change_pence:£} on account {account}",
        concerns=PAYERS,
    ),
    FactKind(
        "revenues.exception_applied",
        "Exception to the premium, class {letter}, from {starts:day}: {change_pence:£}"
        " on account {account}",
        concerns=PAYERS,
    ),
    FactKind(
        "revenues.exception_ended",
        "Exception to the premium, class {letter}, ended from {ends:day}: {change_pence:£}"
        " on account {account}",
        concerns=PAYERS,
    ),
    FactKind(
        "revenues.relief_granted",
        "Discretionary relief of {year_pence:£} a year from {starts:day}: {change_pence:£}"
        " on account {account}",
        concerns=PAYERS,
    ),
)
