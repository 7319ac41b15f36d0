"""The algorithmic transparency record, under its standard's headings, filled from what is declared.

The headings follow version 3.0 of the standard's template; the sentences are ours.
"""

from datetime import date

from django.conf import settings

from borough.resident.effect import declared, dpia, papers
from borough.resident.signals import queries
from borough.rules.support import deciding, signals

TITLE = "Algorithmic transparency record: the support queue and the joining of records"


def paper(on: date) -> papers.Paper:
    """Return the record as of a day."""
    return papers.Paper(
        title=TITLE,
        lead=(
            (
                "Laid out by the headings of the Algorithmic Transparency Recording Standard, "
                "version 3.0: compare them with the version in force before it is published."
            ),
        ),
        parts=(
            _overview(),
            _owner(),
            _rationale(on),
            _context(),
            _specification(on),
            _risks(on),
        ),
        on=on,
    )


def _overview() -> papers.Part:
    return papers.Part(
        "Tier 1: Overview",
        points=(
            "Name: support queue, early worries and joining of records in Borough.",
            (
                "Description: points with reasons say who may need help before a debt is "
                "pressed; a "
                "person looks and decides. Records of several services are joined where an "
                "identifier "
                "agrees or a person decided."
            ),
        ),
        blanks=("Website, and an address to write to with questions.",),
    )


def _owner() -> papers.Part:
    return papers.Part(
        "Tier 2, section 1: Owner and responsibility",
        points=(
            f"Organisation: {settings.COUNCIL_NAME}.",
            (
                "Supplier: none is needed for what runs here: the source is open, and each rule "
                "can be "
                "read and run by anybody."
            ),
        ),
        sheets=(declared.reserved(),),
        blanks=(
            (
                "Team; senior responsible owner; any supplier, its company number, its role, how "
                "it "
                "was procured, and on what terms it has access to data."
            ),
        ),
    )


def _rationale(on: date) -> papers.Part:
    law = signals.law(on)
    bands = (
        f"{law.message_from} points: {queries.BANDS['message'].lower()}. "
        f"{law.queue_from} points: {queries.BANDS['queue'].lower()}."
    )
    return papers.Part(
        "Tier 2, section 2: Description and rationale",
        says=(
            (
                "Who is behind with one service is often behind with others, and each service "
                "knows "
                "its own part alone. Help that comes before a summons costs less, and harms less."
            ),
            f"Bands: from {bands}",
            (
                "Scope: an offer of help, or a hold. Of the places in the queue, "
                f"{law.slice_percent} "
                "in a hundred go by lot to people with few points or none."
            ),
        ),
        points=tuple(f"Left out: {one}" for one in deciding.NOT_MODELLED),
        blanks=(
            "Which other ways were considered, and why they were not taken.",
            "What benefit is expected, and by when it is looked at again.",
        ),
    )


def _context() -> papers.Part:
    return papers.Part(
        "Tier 2, section 3: Decision-making process",
        says=(
            (
                "The queue is laid anew each night. A caseworker sees who is in it with every "
                "reason, "
                "takes a case, and decides; nothing is sent and nothing is decided by points."
            ),
            (
                "Human review: whoever takes a case. A step that presses needs an officer who "
                "confirms having read the facts listed."
            ),
            "Appeal: a resident sees their own record, who looked and why, and may contest it.",
        ),
        sheets=(declared.decisions(),),
        blanks=("Training that officers must have had. How many people are concerned in a year.",),
    )


def _specification(on: date) -> papers.Part:
    return papers.Part(
        "Tier 2, section 4: Tool specification",
        says=(
            (
                "Model: rules with points, dated and versioned, each value with its source. No "
                "machine "
                "learning decides who is looked at. Record linkage estimates its probabilities "
                "from "
                "the records themselves."
            ),
            "Data it was developed with: an invented town alone. No resident’s data is in it.",
        ),
        sheets=(
            declared.worries(on),
            declared.linkage(on),
            declared.precision(),
            declared.sources(),
            declared.purposes(on),
            declared.retention(),
        ),
        points=declared.unread(on),
        blanks=("Agreements by which data is shared, with a link to each.",),
    )


def _risks(on: date) -> papers.Part:
    return papers.Part(
        "Tier 2, section 5: Risks, mitigations and impact assessments",
        sheets=(dpia.risks(), declared.never()),
        says=(
            (
                "The data protection impact assessment of this page’s neighbour is made from the "
                "same "
                f"declarations, as they stood on {on.day} {on:%B %Y}."
            ),
        ),
        blanks=("Impact assessments made, with dates and links: data protection, equality.",),
    )
