"""The note that a home is ready is void when what migrating does has changed."""

from borough.wiring import preparing


def test_a_new_account_in_the_chart_voids_the_note(tmp_path, monkeypatch):
    assert preparing.CHART.exists()
    monkeypatch.setattr(preparing, "CHART", tmp_path / "chart.py")
    preparing.CHART.write_text("BANK")
    before = preparing._digest()
    preparing.CHART.write_text("BANK, SUSPENSE")
    assert preparing._digest() != before
