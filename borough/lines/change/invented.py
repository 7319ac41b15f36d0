"""What is told of an invented town: read from its file."""

from pathlib import Path
from typing import Any

import yaml

FILE = Path(__file__).with_name("invented.yaml")


def read() -> dict[str, Any]:
    """Return invented ideas, initiatives and changes, as the file has them."""
    told: dict[str, Any] = yaml.safe_load(FILE.read_text())
    return told
