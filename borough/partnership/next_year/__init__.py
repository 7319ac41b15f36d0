"""What will both do better or differently next year? Asked each September, of four sides, apart."""
