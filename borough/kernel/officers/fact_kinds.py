from borough.kernel.joining import FactKind

KINDS = (
    FactKind("kernel.officer_recorded", "{officer} was recorded", concerns="an officer"),
    FactKind(
        "kernel.sign_in_link_made",
        "A link to choose a password was made for {officer}",
        concerns="an officer",
    ),
    FactKind(
        "kernel.officer_appointed",
        "{officer} was given the role {role} from {starts:day}",
        concerns="an officer",
        keep_years=7,
    ),
    FactKind(
        "kernel.appointment_ended",
        "{officer} held the role {role} until {ends:day}",
        concerns="an officer",
        keep_years=7,
    ),
    FactKind(
        "kernel.same_person_said",
        "It was said which resident {officer} is; another officer has to agree",
        concerns="an officer",
        sensitive=True,
    ),
    FactKind(
        "kernel.same_person_agreed",
        "It was agreed which resident {officer} is",
        concerns="an officer",
        sensitive=True,
    ),
    FactKind(
        "kernel.same_person_declined",
        "What was said of which resident {officer} is was not agreed to",
        concerns="an officer",
        sensitive=True,
    ),
    FactKind(
        "kernel.looked",
        "Looked at {subject}: {purpose}",
        concerns="the people whose record was opened",
        keep_years=7,
        sensitive=True,
    ),
)
