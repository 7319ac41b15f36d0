"""What happens to ideas, initiatives and changes, each with its sentence: ids and amounts alone."""

from borough.kernel.joining import FactKind

NOBODY = "nobody"
INITIATIVE = "the initiative"

IDEAS = (
    FactKind("change.idea_received", "Idea {idea} came in", concerns=NOBODY),
    FactKind(
        "change.answer_taken_in",
        "Answer {answer} of both partners came in as idea {idea}",
        concerns=NOBODY,
    ),
    FactKind("change.idea_sorted", "Idea {idea} was read: {theme}", concerns=NOBODY),
    FactKind("change.ideas_joined", "Idea {idea} was joined with idea {into}", concerns=NOBODY),
    FactKind("change.idea_answered", "Idea {idea} was answered: {outcome}", concerns=NOBODY),
    FactKind(
        "change.idea_words_removed", "The words of idea {idea} were taken away", concerns=NOBODY
    ),
)
INITIATIVES = (
    FactKind("change.initiative_begun", "Initiative {initiative} was begun", concerns=INITIATIVE),
    FactKind(
        "change.owners_named",
        "Two officers own initiative {initiative} from {starts:day}",
        concerns=INITIATIVE,
    ),
    FactKind(
        "change.initiative_moved",
        "Initiative {initiative} moved on: {stage}",
        concerns=INITIATIVE,
    ),
    FactKind(
        "change.milestone_set",
        "Milestone {milestone} was set, due {due:day}",
        concerns=INITIATIVE,
    ),
    FactKind(
        "change.milestone_put_off",
        "Milestone {milestone} is now worked to for {due:day}",
        concerns=INITIATIVE,
    ),
    FactKind(
        "change.milestone_met",
        "Milestone {milestone} was met on {met_on:day}",
        concerns=INITIATIVE,
    ),
    FactKind(
        "change.risk_raised",
        "Risk {risk} was named: likelihood {likelihood}, impact {impact}",
        concerns=INITIATIVE,
    ),
    FactKind(
        "change.risk_seen",
        "Risk {risk} was looked at again: likelihood {likelihood}, impact {impact}",
        concerns=INITIATIVE,
    ),
    FactKind("change.risk_ended", "Risk {risk} is none any more", concerns=INITIATIVE),
    FactKind("change.lesson_kept", "Lesson {lesson} was written down", concerns=INITIATIVE),
)
BENEFITS = (
    FactKind(
        "change.benefit_expected",
        "Benefit {benefit} of class {class} is hoped for: about {mid_pence:£} a year",
        concerns=INITIATIVE,
    ),
    FactKind(
        "change.benefit_realised",
        "A benefit of class {class} brought {amount_pence:£} in {year}, "
        "{full_year_pence:£} in a full year",
        concerns=INITIATIVE,
        keep_years=12,
    ),
    FactKind(
        "change.benefit_taken_back",
        "{amount_pence:£} of class {class} in {year}, recorded wrongly, was taken back",
        concerns=INITIATIVE,
        keep_years=12,
    ),
)
CASES = (
    FactKind(
        "change.case_written",
        "Business case {case} of initiative {initiative} was written",
        concerns=INITIATIVE,
    ),
    FactKind(
        "change.option_added", "Option {option} was added to case {case}", concerns=INITIATIVE
    ),
    FactKind(
        "change.case_decided",
        "Business case {case} was decided: option {option}",
        concerns=INITIATIVE,
        keep_years=12,
    ),
)
CONTROL = (
    FactKind("change.requested", "Change {request} was asked for", concerns="the change"),
    FactKind(
        "change.assessor_named",
        "It was said who assesses what change {request} does: {impact}",
        concerns="the change",
    ),
    FactKind(
        "change.impact_assessed",
        "What change {request} does was assessed: {impact}",
        concerns="the change",
    ),
    FactKind(
        "change.decided",
        "Change {request} was decided: {outcome}",
        concerns="the change",
        keep_years=12,
    ),
    FactKind("change.limit_set", "Limit {of} is {most} from {starts:day}", concerns="the limit"),
)
KINDS = (*IDEAS, *INITIATIVES, *BENEFITS, *CASES, *CONTROL)
