"""The figures that the town is made of: published ones with their source, and invented ones."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parent


@cache
def read(name: str) -> Any:
    """Return one file of figures, ``<name>.yaml`` beside this one."""
    return yaml.safe_load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))
