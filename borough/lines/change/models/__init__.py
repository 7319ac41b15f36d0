"""Ideas, initiatives, what they are hoped to bring and what they brought. Rows only grow."""

from borough.lines.change.models.benefits import Class, Hypothesis, Realised
from borough.lines.change.models.cases import Case, CaseDecision, Option
from borough.lines.change.models.control import Asked, Assessment, Impact, Request, Ruling
from borough.lines.change.models.ideas import Answer, Idea, IdeaWords, Joining, Sorting, Theme
from borough.lines.change.models.initiatives import (
    Due,
    Initiative,
    Met,
    Milestone,
    Move,
    OwnerPair,
    Stage,
)
from borough.lines.change.models.lessons import Lesson
from borough.lines.change.models.limits import Limit
from borough.lines.change.models.risks import Response, Risk, RiskEnd, RiskView

__all__ = [
    "Answer",
    "Asked",
    "Assessment",
    "Case",
    "CaseDecision",
    "Class",
    "Due",
    "Hypothesis",
    "Idea",
    "IdeaWords",
    "Impact",
    "Initiative",
    "Joining",
    "Lesson",
    "Limit",
    "Met",
    "Milestone",
    "Move",
    "Option",
    "OwnerPair",
    "Realised",
    "Request",
    "Response",
    "Risk",
    "RiskEnd",
    "RiskView",
    "Ruling",
    "Sorting",
    "Stage",
    "Theme",
]
