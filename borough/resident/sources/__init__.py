"""What systems outside Borough tell: who they deal with, what is owed to them, what was awarded."""
