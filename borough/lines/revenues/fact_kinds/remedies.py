"""What is done under a liability order. Names of employers and reasons stay with the rows."""

from borough.kernel.joining import FactKind
from borough.lines.revenues.fact_kinds.concerning import PAYERS

KINDS = (
    FactKind(
        "revenues.attachment_ordered",
        "Attachment of earnings ordered for {pence:£} of {year}",
        concerns=PAYERS,
    ),
    FactKind(
        "revenues.attachment_varied",
        "Attachment of earnings for {year} is now for {pence:£}",
        concerns=PAYERS,
    ),
    FactKind(
        "revenues.deduction_received",
        "{pence:£} from earnings received for {year}",
        concerns=PAYERS,
    ),
    FactKind(
        "revenues.deduction_taken_back",
        "{pence:£} from earnings for {year}, keyed wrongly, taken back",
        concerns=PAYERS,
    ),
    FactKind("revenues.remedy_ended", "{remedy} for {year} ended: {why}", concerns=PAYERS),
    FactKind(
        "revenues.debt_placed",
        "{pence:£} of {year} placed with an enforcement agent",
        concerns=PAYERS,
    ),
    FactKind(
        "revenues.debt_called_back",
        "Debt of {year} called back from the enforcement agent",
        concerns=PAYERS,
        sensitive=True,
    ),
    FactKind(
        "revenues.agent_charged",
        "The enforcement agent charged a fee of {pence:£} for {year}",
        concerns=PAYERS,
    ),
    FactKind(
        "revenues.agent_recorded",
        "Recorded as a firm of enforcement agents",
        concerns="the firm",
    ),
    FactKind(
        "revenues.agent_file_fetched",
        "File for an enforcement agent fetched",
        concerns="the persons whose debts are in the file",
    ),
    FactKind(
        "revenues.placing_committed",
        "Placing with an enforcement agent committed",
        concerns="the run",
        keep_years=12,
    ),
    FactKind(
        "revenues.placing_done",
        "Debts placed with an enforcement agent: {placed} for {pence:£}, {left_out} left out",
        concerns="the run",
        keep_years=12,
    ),
    FactKind(
        "revenues.recall_file_made",
        "File of debts called back made: {rows}",
        concerns="the file",
        keep_years=12,
    ),
    FactKind(
        "revenues.agent_return_loaded",
        "File from an enforcement agent loaded: {rows} rows, {passed_on_pence:£} passed on,"
        " {set_aside} set aside",
        concerns="the file",
        keep_years=12,
    ),
)
