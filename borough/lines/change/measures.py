"""The measures of change, each with what it cannot see."""

from borough.kernel.joining import Measure
from borough.lines.change.queries import measures

ALL = (
    Measure(
        "change.ideas_answered",
        "Ideas answered in time",
        unit="percent",
        better="higher",
        read=measures.ideas_answered,
        blind_to="Whether the answer was any good, and those who never thought it worth asking.",
        numerator="Ideas whose sender was told what becomes of them by the last day in time",
        denominator="Ideas whose last day in time lies in the year, up to the day",
        rows="change:ideas",
        beside=("change.ideas_received",),
    ),
    Measure(
        "change.milestones_met",
        "Milestones met by the day first set",
        unit="percent",
        better="higher",
        read=measures.milestones_met,
        blind_to="Milestones that were set easy, and whether reaching them changed anything.",
        numerator="Milestones met on or before the day that was set first",
        denominator="Milestones first due in the year, up to the day, but of stopped initiatives",
        rows="change:milestones",
    ),
    Measure(
        "change.ideas_received",
        "Ideas that came in",
        unit="count",
        better="neither",
        read=measures.ideas_received,
        blind_to="What people say to each other and never write to us.",
        numerator="Ideas from officers, staff, residents and others",
        denominator="One: it is a count",
        rows="change:ideas",
    ),
)
