from borough.kernel.joining import FactKind


def _kind(slug: str, sentence: str) -> FactKind:
    return FactKind(f"partnership.{slug}", sentence, concerns="nobody", keep_years=12)


KINDS = (
    _kind("terms_proposed", "Version {version} of the terms was proposed from {first_year}"),
    _kind("terms_line_added", "The line {line} was added to version {version} of the terms"),
    _kind("terms_line_left_out", "The line {line} was left out of version {version} of the terms"),
    _kind("scope_change_added", "A change of scope of {year} was added to version {version}"),
    _kind("scope_change_left_out", "A change of scope of {year} was left out of {version}"),
    _kind("charge_recorded", "{pence:£} was charged by the partner for {year}"),
    _kind("charge_reversed", "A charge of {pence:£} by the partner for {year} was reversed"),
    _kind("saving_claimed", "A saving of {pence:£} in {year} was claimed, class {kind}"),
    _kind("saving_agreed", "How claim {entry} is counted was agreed"),
    _kind("saving_evidenced", "Evidence of level {level} was brought for claim {entry}"),
    _kind("saving_signed", "Claim {entry} was signed for both partners"),
    _kind("saving_booked", "Both partners confirmed that claim {entry} is in the budget"),
    _kind("saving_audited", "Both partners confirmed that claim {entry} was audited"),
    _kind("saving_disputed", "Claim {entry} is disputed by the {party}"),
    _kind("saving_dispute_settled", "The dispute of claim {entry} was settled"),
    _kind("saving_reversed", "Claim {entry} was reversed"),
)
