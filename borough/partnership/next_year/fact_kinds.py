from borough.kernel.joining import FactKind

KINDS = tuple(
    FactKind(f"partnership.{slug}", sentence, concerns="nobody", keep_years=12)
    for slug, sentence in (
        ("review_opened", "It was asked what will be better or different in {year}"),
        ("proposals_joined", "{count} proposals were put together, as group {group}"),
        ("proposals_parted", "Group {group} was taken apart"),
        ("choice_proposed", "{count} answers for next year were put to both partners"),
        ("choice_signed", "The answers for next year were signed for the {party}"),
        ("answer_chosen", "Answer {number} for {year} was chosen by both partners"),
    )
)
