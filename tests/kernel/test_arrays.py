"""Columns cross to the database and back unchanged, and none with a hole in it."""

import numpy as np
import pytest

from borough.kernel import arrays

THREE = "from unnest(%s::bigint[]) with ordinality as x(id, row)"


def test_columns_come_back_as_they_went(db):
    ids = np.array([7, -1, 2**63 - 1], np.int64)
    row, found = arrays.read(
        ["x.row", "x.id"], THREE, [arrays.of_ids(ids)], in_order="order by row"
    )
    assert row.tolist() == [1, 2, 3]
    assert found.tolist() == ids.tolist()


def test_no_rows_are_empty_columns(db):
    [found] = arrays.read(["x.id"], THREE, [arrays.of_ids([])])
    assert found.dtype == np.int64
    assert found.size == 0


def test_a_missing_cell_is_refused_and_shifts_nothing(db):
    with pytest.raises(ValueError, match="Of 3 rows 1 have no nullif"):
        arrays.read(["x.row", "nullif(x.id, 2)"], THREE, [arrays.of_ids([1, 2, 3])])


def test_a_single_column_with_a_hole_is_refused(db):
    with pytest.raises(ValueError, match="Of 1 rows 1 have no"):
        arrays.read(["nullif(x.id, 2)"], THREE, [arrays.of_ids([2])])
