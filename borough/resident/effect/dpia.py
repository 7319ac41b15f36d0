"""The data protection impact assessment, filled from what the code declares; the rest is blank."""

from datetime import date

from django.conf import settings

from borough.kernel.pages import tables
from borough.resident.effect import declared, papers

TITLE = "Data protection impact assessment: seeing one resident across services"
RISKS = (
    ("Other services’ knowledge is used to press somebody for a debt",
     ("A rule that would press anybody on what another service knows does not load. Joined records "
     "open for helping alone, and no purpose of collecting shows them.")),
    ("Records of two people are taken for one",
     ("A score alone joins nobody: an identifier that both hold must agree, or a person decides. "
     "What was joined can be parted, and the pair is not proposed again.")),
    ("Somebody looks who has no reason to",
     ("A purpose is chosen first and the look is recorded before the page is made: no log, no "
      "page. "
     "Looks that stand out, and two in a hundred by lot, are looked at again.")),
    ("A person is judged by a machine alone",
     ("Rules may grant, hold or queue. Nothing worse happens without a named person, and each "
     "resident may contest it.")),
    ("A group is missed, or singled out",
     ("Protected characteristics are no input of any worry, nor is where somebody lives. Whom help "
     "reaches is reported each quarter, with places by lot to learn whom the points miss.")),
    ("What was shared for help is kept for too long, or beyond consent",
     ("A feed can be taken back, and what it told goes with it. Where consent is needed and does "
     "not hold, the record is nowhere shown nor counted.")),
    ("Somebody in danger is found by whoever they fled from",
     ("The safe way of contact agreed is recorded as a need, and a rule asks for it alone and "
      "for no "
     "letter that names others.")),
)  # fmt: skip


def paper(on: date) -> papers.Paper:
    """Return the assessment as of a day."""
    return papers.Paper(
        title=TITLE,
        lead=(
            (
                "Filled from what the program declares and does on this day. What only the council "
                "can say is left blank and marked. It is no assessment until those blanks are "
                "written and it is signed."
            ),
        ),
        parts=(
            papers.Part(
                "Why an assessment is needed",
                says=(
                    (
                        "Records of several services and organisations are matched and shown "
                        "together, of people who may be vulnerable, at the size of a whole borough."
                    ),
                ),
                blanks=("Who decided that an assessment is needed, and when.",),
            ),
            _processing(on),
            papers.Part(
                "Who was consulted",
                blanks=(
                    "Which residents, advisers and landlords were asked, and what they said.",
                    "What the data protection officer advised, and what was made of it.",
                ),
            ),
            _necessity(on),
            papers.Part(
                "Risks, and what is done about each",
                sheets=(risks(),),
                blanks=("How likely and how grave each risk is, before and after.",),
            ),
            papers.Part(
                "Signed",
                blanks=(
                    "Measures approved by; risks left over accepted by; date of the next review.",
                ),
            ),
        ),
        on=on,
    )


def _processing(on: date) -> papers.Part:
    return papers.Part(
        "What is done with whose data",
        says=(
            (
                f"Controller: {settings.COUNCIL_NAME}. Holders of what is joined: "
                f"{'; '.join(declared.holders())}."
            ),
            (
                "Sub-processors: the program sends nothing to anybody by itself; everything runs "
                "where "
                "the council runs it."
            ),
        ),
        sheets=(
            declared.purposes(on),
            declared.sources(),
            declared.worries(on),
            declared.linkage(on),
            declared.precision(),
            declared.retention(),
        ),
        points=declared.unread(on),
        blanks=(
            "The partner that processes for the council, its contract, and who hosts the system.",
            "For each source, the agreement to share, who signed it, and until when.",
        ),
    )


def _necessity(on: date) -> papers.Part:
    return papers.Part(
        "Whether it is necessary, and no more than that",
        says=(
            (
                "Nothing is learnt from data: worries are points with reasons, and rules are "
                "read in "
                "their order."
            ),
        ),
        sheets=(declared.decisions(), declared.never(), declared.reserved()),
        blanks=(
            "Why the same could not be reached with less.",
            "For each lawful basis not confirmed above: who confirms it.",
        ),
    )


def risks() -> tables.Table:
    """Return what may go wrong, and what the program does about each."""
    columns = (tables.text("risk", "Risk"), tables.text("measure", "What the program does"))
    rows = [{"risk": risk, "measure": measure} for risk, measure in RISKS]
    return tables.Table("Risks and measures", columns, rows)
