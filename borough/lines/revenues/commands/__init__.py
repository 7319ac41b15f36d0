"""What officers do to Council Tax accounts. Each command refuses, changes, bills again, records."""
