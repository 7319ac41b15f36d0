"""The classes of dwelling whose owner is liable whoever lives there, as data.

Source: Council Tax (Liability for Owners) Regulations 1992 (SI 1992/551) reg.2, as amended by
SI 2023/1175. Grounds are put in plain words; the Regulations decide.
"""

import pydantic
import yaml

from borough.rules.council_tax import exemptions


class OwnerClass(pydantic.BaseModel):
    """A class of dwelling prescribed under section 8 of the Act, with its ground."""

    model_config = pydantic.ConfigDict(extra="forbid", frozen=True)

    title: str
    ground: str
    reference: str


CLASSES = pydantic.TypeAdapter(dict[str, OwnerClass]).validate_python(
    yaml.safe_load((exemptions.FOLDER / "owner_liable.yaml").read_text(encoding="utf-8"))
)
