"""What happens to a Council Tax account, each with its sentence; one file for each subject."""

from borough.lines.revenues.fact_kinds import billing, circumstances, paying

KINDS = (*circumstances.KINDS, *billing.KINDS, *paying.KINDS)
