"""What happens to a Council Tax account, each with its sentence; one file for each subject."""

from borough.lines.revenues.fact_kinds import arrangements, billing, circumstances, moving, paying

KINDS = (*arrangements.KINDS, *circumstances.KINDS, *billing.KINDS, *moving.KINDS, *paying.KINDS)
