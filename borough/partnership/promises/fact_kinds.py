from borough.kernel.joining import FactKind

KINDS = (
    FactKind(
        "partnership.promise_proposed",
        "A promise was proposed, due on {due:day}",
        concerns="nobody",
        keep_years=12,
    ),
    FactKind(
        "partnership.promise_dropped",
        "A promise that both had not signed was dropped",
        concerns="nobody",
        keep_years=12,
    ),
    FactKind(
        "partnership.evidence_recorded",
        "What a promise is judged by was recorded, of {done:day}",
        concerns="nobody",
        keep_years=12,
    ),
    FactKind(
        "partnership.work_recorded",
        "That somebody of the staff works was recorded, from {starts:day}",
        concerns="a member of staff, whom the list knows by a number",
        keep_years=12,
    ),
    FactKind(
        "partnership.work_ended",
        "That somebody of the staff works no more was recorded, from {ends:day}",
        concerns="a member of staff, whom the list knows by a number",
        keep_years=12,
    ),
    FactKind(
        "partnership.transfer_recorded",
        "A transfer of staff was recorded, for {day:day}",
        concerns="nobody: who transfers stands in the list of staff",
        keep_years=12,
    ),
    FactKind(
        "partnership.transfer_step_done",
        "A step before a transfer of staff was done on {done:day}",
        concerns="nobody",
        keep_years=12,
    ),
)
