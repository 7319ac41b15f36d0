from borough.kernel.joining import FactKind

KINDS = tuple(
    FactKind(f"partnership.{slug}", sentence, concerns="nobody", keep_years=12)
    for slug, sentence in (
        ("case_opened", "Case {case} was opened, to be decided by {decide_by:day}"),
        ("pack_frozen", "The information for case {case} was frozen, version {version}"),
        ("pack_acknowledged", "The {party} read version {version} of the information"),
        ("note_left", "The {party} left a note"),
        ("record_proposed", "A joint record of case {case} was written"),
        ("record_signed", "The joint record was signed for the {party}"),
        ("case_withheld", "Of case {case} nothing is published any more"),
        ("positions_read", "Somebody read the positions of case {case}"),
    )
)
