"""Who we are to Bacs: our number as a service user, and the account that money goes from and to."""

import os
from functools import cache
from pathlib import Path

import yaml

from borough.kernel.bank import standard18

INVENTED = Path(__file__).parent / "service_user.yaml"


@cache
def ours() -> standard18.Originator:
    """Return who sends our files, as the council's own file says, else the made-up town's."""
    path = Path(os.environ.get("BOROUGH_SERVICE_USER") or INVENTED)
    return standard18.Originator(**yaml.safe_load(path.read_text(encoding="utf-8")))
