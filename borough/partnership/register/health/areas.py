"""The eleven areas of the framework, each with what the records say of it.

Source: National Audit Office, "Good practice contract management framework" (2008; second edition,
December 2016): four blocks, eleven areas. The names of ten areas were read in two places; that the
eleventh is market management was not, and the page says so.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from borough.partnership.register.health import delivery, development, structure
from borough.partnership.register.health.evidence import Evidence


@dataclass(frozen=True, slots=True)
class Area:
    """An area of the framework.

    Attributes:
        block: the part of the framework it belongs to.
        read: yields what the records say on a day.
        lacks: what Borough holds nothing of, in a sentence.
    """

    number: int
    block: str
    title: str
    read: Callable[[date], Iterator[Evidence]]
    lacks: str


STRUCTURE, DELIVERY = "Structure and resources", "Delivery"
DEVELOPMENT, STRATEGY = "Development", "Strategy"
AREAS = (
    Area(
        1,
        STRUCTURE,
        "Planning and governance",
        structure.governance,
        "Who meets when, and the plan of handing over at the end, are not kept here.",
    ),
    Area(
        2,
        STRUCTURE,
        "People",
        structure.people,
        "Skills of those who manage the contract are not kept here.",
    ),
    Area(
        3,
        STRUCTURE,
        "Administration",
        structure.administration,
        "The contract itself, as it was signed on paper, is not kept here.",
    ),
    Area(
        4,
        DELIVERY,
        "Managing relationships",
        delivery.relationships,
        "How people get on with one another is not kept here; only what they dispute.",
    ),
    Area(
        5,
        DELIVERY,
        "Managing performance",
        delivery.performance,
        "What no measure counts is not kept here; each measure says what it cannot see.",
    ),
    Area(
        6,
        DELIVERY,
        "Payment and incentives",
        delivery.payment,
        "What was paid to the partner’s own suppliers is not kept here.",
    ),
    Area(
        7,
        DELIVERY,
        "Risk",
        delivery.risk,
        "Risks beside those of initiatives are not kept here, nor is who carries them by contract.",
    ),
    Area(
        8,
        DEVELOPMENT,
        "Contract development",
        development.contract_development,
        "How the price compares with other contracts is not kept here.",
    ),
    Area(
        9,
        DEVELOPMENT,
        "Supplier development",
        development.supplier_development,
        "How the partner improves itself, beside what it promised, is not kept here.",
    ),
    Area(
        10,
        STRATEGY,
        "Supplier relationship management",
        development.supplier_relationship,
        "The plan for the relationship itself is not kept here.",
    ),
    Area(
        11,
        STRATEGY,
        "Market management",
        development.market,
        "Who else could do the work, and at what price, is not kept here.",
    ),
)
NOT_READ = (
    "The eleventh area is named from memory: the other ten were read in print. Check it before "
    "you quote it."
)


@dataclass(frozen=True, slots=True)
class Finding:
    """An area, and what the records say of it; nothing where Borough holds nothing."""

    area: Area
    evidence: tuple[Evidence, ...]

    @property
    def attend(self) -> bool:
        """Something of it is late, is missing or was left lying."""
        return any(one.attend for one in self.evidence)


def findings(on: date) -> list[Finding]:
    """Return what the records say of every area on a day."""
    return [Finding(area, tuple(area.read(on))) for area in AREAS]
