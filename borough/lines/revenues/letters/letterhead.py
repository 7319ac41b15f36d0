"""Who sends the letters: the letterhead of the installation."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings

from borough.lines.revenues.letters import frame

LETTERHEAD = Path(__file__).parent / "letterhead.yaml"


@cache
def council() -> frame.Council:
    """Return the sender, as the letterhead has it; its name is the installation's."""
    given: dict[str, Any] = yaml.safe_load(LETTERHEAD.read_text(encoding="utf-8"))
    return frame.Council(
        **given
        | {
            "name": settings.COUNCIL_NAME,
            "address": tuple(given["address"]),
            "ways_to_pay": tuple(frame.Way(**one) for one in given["ways_to_pay"]),
            "advice": tuple(frame.Advice(**one) for one in given["advice"]),
            "direct_debit_guarantee": tuple(given.get("direct_debit_guarantee", ())),
        }
    )
