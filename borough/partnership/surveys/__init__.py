"""One question to those whom a service dealt with: were they satisfied? Each answer is a record."""
