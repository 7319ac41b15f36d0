"""That figures were published."""

from borough.kernel.joining import FactKind

PUBLISHED = "resident.figures_published"

KINDS = (
    FactKind(PUBLISHED, "Figures as at {as_at:day} were published", concerns="nobody by name"),
)
