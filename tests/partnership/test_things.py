"""What is signed is named by its thing: no two rooms may call different things by one name."""

import re
from collections import Counter
from pathlib import Path

ROOMS = Path(__file__).resolve().parents[2] / "borough" / "partnership"


def test_no_two_kinds_of_thing_bear_one_name():
    names = Counter(
        name
        for path in ROOMS.rglob("*.py")
        for name in re.findall(r'return f"(partnership\.[a-z_]+)/\{self\.', path.read_text())
    )
    assert {"partnership.case", "partnership.target"} <= set(names)
    assert [name for name, times in names.items() if times > 1] == []
