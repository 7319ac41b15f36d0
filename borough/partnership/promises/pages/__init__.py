"""The pages of promises, of the staff behind them and of transfers."""
