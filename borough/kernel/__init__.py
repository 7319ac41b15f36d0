"""What every service leans on: people, places, money, papers, facts, and how a line joins."""
