"""The board pack as a tagged PDF: the same bytes for the same pack."""

import json

from borough.kernel.documents import templates, typesetting
from borough.partnership.pack import models

TEMPLATE = "/partnership/pack/pack.typ"


def pdf(pack: models.Pack) -> bytes:
    """Return a pack as a PDF, with the digest of its words and the head of the chain of facts.

    Raises:
        typesetting.CannotBeSet: with what Typst says.
    """
    data = json.loads(pack.told) | {"digest": pack.digest, "head": pack.head}
    return typesetting.typeset(typesetting.Order(0, templates.ROOT, TEMPLATE, data, pack.on))
