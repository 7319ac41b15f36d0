"""Twenty routine cases of a quarter, drawn by a seed told beforehand, that both decide apart."""
