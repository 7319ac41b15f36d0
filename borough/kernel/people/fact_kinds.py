from borough.kernel.joining import FactKind

KINDS = (
    FactKind("kernel.person_recorded", "First recorded", concerns="the person"),
    FactKind(
        "kernel.need_recorded",
        "Support need recorded: {need}",
        concerns="the person",
        sensitive=True,
    ),
    FactKind(
        "kernel.contact_recorded", "Way to reach them recorded: {kind}", concerns="the person"
    ),
)
