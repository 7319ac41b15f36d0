"""Who does not count when adults are counted, as data (Local Government Finance Act 1992 Sch.1)."""

import pydantic
import yaml

from borough.rules.council_tax import exemptions


class Disregard(pydantic.BaseModel):
    """A group of people who are disregarded for discount, with its ground in plain words."""

    model_config = pydantic.ConfigDict(extra="forbid", frozen=True)

    title: str
    ground: str
    reference: str


GROUPS = pydantic.TypeAdapter(dict[str, Disregard]).validate_python(
    yaml.safe_load((exemptions.FOLDER / "disregarded_persons.yaml").read_text(encoding="utf-8"))
)
