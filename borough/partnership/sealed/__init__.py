"""What several sides decide apart, sealed until all of them have, and what proves it."""
