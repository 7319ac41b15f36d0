"""What is measured of satisfaction, as it stands on the card."""

from borough.kernel.joining import Measure
from borough.partnership.surveys import queries

SATISFIED = Measure(
    "partnership.satisfied",
    "Residents satisfied with how they were dealt with",
    unit="percent",
    better="higher",
    read=queries.satisfied,
    blind_to="Those who were not asked, or did not answer, and may think otherwise. No official "
    "figure exists to compare it with: read it against its own past.",
    numerator="Answers of fairly or very satisfied",
    denominator="All answers to the one question, of the year so far",
    rows="partnership:surveys",
    beside=("partnership.survey_answered",),
    gathers="both",
    of_cases=True,
)
ANSWERED = Measure(
    "partnership.survey_answered",
    "Residents who answered, of those asked whether they were satisfied",
    unit="percent",
    better="higher",
    read=queries.answered,
    blind_to="Who was never asked: no invitation reaches somebody who gave up before.",
    numerator="Answers of the year so far",
    denominator="Invitations of the year so far",
    rows="partnership:surveys",
    gathers="both",
)
ALL = (SATISFIED, ANSWERED)
