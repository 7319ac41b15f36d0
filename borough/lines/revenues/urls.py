"""Where the pages of Revenues are: below ``/revenues/``. Addresses are nouns."""

from django.urls import path

from borough.lines.revenues.pages import (
    accounts,
    annual,
    arrangements,
    collected,
    correspondence,
    dwellings,
    households,
    letters,
    mailing,
    offers,
    opening,
    plans,
    receipts,
    reductions,
    returns,
)

ACCOUNT = "accounts/<str:reference>"
HOME = "dwellings/<int:uprn>"

app_name = "revenues"
urlpatterns = [
    path(ACCOUNT, accounts.account, name="account"),
    path(f"{ACCOUNT}/statement", accounts.statement, name="statement"),
    path(f"{ACCOUNT}/timeline", accounts.timeline, name="timeline"),
    path(f"{ACCOUNT}/arrangement", arrangements.arrangement, name="arrangement"),
    path(f"{ACCOUNT}/arrangement/offer", offers.offer, name="arrangement_offer"),
    path("arrangements", arrangements.arrangements, name="arrangements"),
    path("arrangements/<int:number>/terms", offers.change, name="arrangement_change"),
    path("arrangements/<int:number>/calls", arrangements.contact, name="arrangement_contact"),
    path("arrangements/<int:number>/letter", arrangements.warning, name="arrangement_warning"),
    path("arrangements/<int:number>/end", arrangements.ending, name="arrangement_end"),
    path("letters", correspondence.correspondence, name="correspondence"),
    path(f"{ACCOUNT}/letters", letters.letters, name="letters"),
    path(f"{ACCOUNT}/bills/<str:name>", letters.bill, name="bill"),
    path("letters/<int:number>", letters.letter, name="letter"),
    path(f"{ACCOUNT}/single-person-discount", households.single_person, name="single_person"),
    path(
        f"{ACCOUNT}/single-person-discount/end",
        households.single_person_end,
        name="single_person_end",
    ),
    path(f"{ACCOUNT}/household", households.household, name="household"),
    path(f"{ACCOUNT}/disregard", households.disregard, name="disregard"),
    path("disregards/<int:number>/end", households.disregard_end, name="disregard_end"),
    path(f"{ACCOUNT}/disabled-reduction", reductions.disabled_reduction, name="disabled_reduction"),
    path(
        "disabled-reductions/<int:number>/end",
        reductions.disabled_reduction_end,
        name="disabled_reduction_end",
    ),
    path(f"{ACCOUNT}/relief", reductions.relief, name="relief"),
    path(f"{ACCOUNT}/plan", plans.plan, name="plan"),
    path(f"{ACCOUNT}/closing", plans.closing, name="closing"),
    path(HOME, dwellings.dwelling, name="dwelling"),
    path(f"{HOME}/account", opening.open_account, name="open_account"),
    path(f"{HOME}/band", dwellings.band, name="band"),
    path(f"{HOME}/occupation", dwellings.occupation, name="occupation"),
    path(f"{HOME}/exemption", dwellings.exemption, name="exemption"),
    path("exemptions/<int:number>/end", dwellings.exemption_end, name="exemption_end"),
    path(f"{HOME}/premium-exception", dwellings.exception, name="exception"),
    path("premium-exceptions/<int:number>/end", dwellings.exception_end, name="exception_end"),
    path("billing", annual.billing, name="billing"),
    path("billing/previews/<int:number>", annual.preview, name="preview"),
    path("billing/runs/<int:number>", annual.run, name="run"),
    path("billing/runs/<int:number>/letters", mailing.bill_letters, name="bill_letters"),
    path("receipts", receipts.receipts, name="receipts"),
    path("receipts/<int:number>", receipts.receipt_file, name="receipt-file"),
    path("collected", collected.newest, name="collected"),
    path("collected/counts/<int:number>", collected.count, name="collected_on"),
    path("collected/<str:name>/<str:what>", collected.rows, name="collected_rows"),
    path("returns/taxbase", returns.taxbase_return, name="taxbase"),
]
