"""What happens to a Council Tax account, each with its sentence."""

from borough.kernel.joining import FactKind

_PAYERS = "the persons liable on the account"

KINDS = (
    FactKind(
        "revenues.billed", "Council Tax {year}: {charge_pence:£} for the year", concerns=_PAYERS
    ),
    FactKind(
        "revenues.rebilled",
        "Council Tax {year} worked out again: {charge_pence:£} for the year ({change_pence:£})",
        concerns=_PAYERS,
    ),
    FactKind(
        "revenues.bill_issued", "Council Tax bill of {year} made as a letter", concerns=_PAYERS
    ),
    FactKind(
        "revenues.account_opened",
        "Council Tax account {account} opened from {starts:day}",
        concerns=_PAYERS,
    ),
    FactKind(
        "revenues.account_closed",
        "Council Tax account {account} closed from {ends:day}",
        concerns=_PAYERS,
    ),
    FactKind(
        "revenues.band_changed",
        "Band {letter} from {starts:day} on account {account}",
        concerns=_PAYERS,
    ),
    FactKind(
        "revenues.home_changed",
        "The home with UPRN {uprn}, for which nobody is billed then: {because}, from {starts:day}",
        concerns="the home",
    ),
    FactKind(
        "revenues.household_declared",
        "{adults} adults live there from {starts:day}: {change_pence:£} on account {account}",
        concerns=_PAYERS,
    ),
    FactKind(
        "revenues.discount_applied",
        "Single person discount from {starts:day}: {change_pence:£} on account {account}",
        concerns=_PAYERS,
    ),
    FactKind(
        "revenues.discount_ended",
        "Single person discount ended from {ends:day}: {change_pence:£} on account {account}",
        concerns=_PAYERS,
    ),
    FactKind(
        "revenues.disregard_applied",
        "An adult disregarded from {starts:day}: {change_pence:£} on account {account}",
        concerns=_PAYERS,
    ),
    FactKind(
        "revenues.disregard_ended",
        "A disregard ended from {ends:day}: {change_pence:£} on account {account}",
        concerns=_PAYERS,
    ),
    FactKind(
        "revenues.exemption_applied",
        "Exempt, class {letter}, from {starts:day}: {change_pence:£} on account {account}",
        concerns=_PAYERS,
    ),
    FactKind(
        "revenues.exemption_ended",
        "Exemption class {letter} ended from {ends:day}: {change_pence:£} on account {account}",
        concerns=_PAYERS,
    ),
    FactKind(
        "revenues.occupation_recorded",
        "The home is {state} from {starts:day}: {change_pence:£} on account {account}",
        concerns=_PAYERS,
    ),
    FactKind(
        "revenues.reduction_applied",
        "Disabled band reduction from {starts:day}: {change_pence:£} on account {account}",
        concerns=_PAYERS,
    ),
    FactKind(
        "revenues.reduction_ended",
        "Disabled band reduction ended from {ends:day}: {change_pence:£} on account {account}",
        concerns=_PAYERS,
    ),
    FactKind(
        "revenues.exception_applied",
        "Exception to the premium, class {letter}, from {starts:day}: {change_pence:£}"
        " on account {account}",
        concerns=_PAYERS,
    ),
    FactKind(
        "revenues.exception_ended",
        "Exception to the premium, class {letter}, ended from {ends:day}: {change_pence:£}"
        " on account {account}",
        concerns=_PAYERS,
    ),
    FactKind(
        "revenues.relief_granted",
        "Discretionary relief of {year_pence:£} a year from {starts:day}: {change_pence:£}"
        " on account {account}",
        concerns=_PAYERS,
    ),
    FactKind(
        "revenues.plan_chosen",
        "{instalments} instalments on day {payment_day} of the month, from {starts:day}",
        concerns=_PAYERS,
    ),
    FactKind(
        "revenues.payment_received",
        "{pence:£} received for Council Tax {year} on account {account}",
        concerns=_PAYERS,
    ),
    FactKind(
        "revenues.receipts_loaded",
        "A file of receipts loaded: {posted} posted ({posted_pence:£}), {set_aside} set aside",
        concerns="the file",
    ),
    FactKind(
        "revenues.billing_previewed",
        "Annual billing {year} prepared: {accounts} accounts, {charge_pence:£}",
        concerns="the run",
        keep_years=12,
    ),
    FactKind(
        "revenues.billing_committed",
        "Annual billing {year} committed",
        concerns="the run",
        keep_years=12,
    ),
    FactKind(
        "revenues.billing_done",
        "Annual billing {year} posted: {accounts} accounts, {charge_pence:£}",
        concerns="the run",
        keep_years=12,
    ),
    FactKind(
        "revenues.bills_sent",
        "Bills of {year} made as letters: {letters} for {notices} notices, {left_out} left out,"
        " {printed} printed",
        concerns="the run",
        keep_years=12,
    ),
)
