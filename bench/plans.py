"""How fast joint repayment plans are made, on one core.

    python bench/plans.py [plans]

Each has 1 to 9 debts at random, as the long proof of the tests makes them.
"""

import random
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from borough.rules.support import plan
from tests.rules.support import test_plan


def main(number: int) -> None:
    dice = random.Random(2026)
    given = [test_plan._at_random(dice) for _ in range(number)]
    ready = [(surplus, [plan.Debt(*debt) for debt in debts]) for surplus, debts in given]
    begun = time.process_time()
    for surplus, debts in ready:
        plan.make(surplus, debts, test_plan.LIMITS)
    seconds = time.process_time() - begun
    print(f"{number:,} plans, {sum(len(one[1]) for one in ready) / number:.1f} debts each")
    print(f"{number / seconds:,.0f} plans/s of one core, sentences included")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 50_000)
