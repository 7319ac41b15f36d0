"""The silos as tables to link and as files to load."""

import pyarrow as pa

from borough.resident.identity import tidying
from borough.town import silos


def table(silo: silos.Silo) -> tidying.Table:
    """Return the records of a silo as linking takes them, without the file between."""
    held = silo.records
    rows = {
        "key": silo.keys,
        "given_names": held.given.tolist(),
        "family_name": held.family.tolist(),
        "date_of_birth": pa.array(held.born),
        "nino": held.nino.tolist(),
        "postcode": held.postcode.tolist(),
        "address": held.line.tolist(),
        "uprn": held.uprn,
    }
    return tidying.Table(silo.book.source, pa.table(rows))
