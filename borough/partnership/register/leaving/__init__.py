"""All that the partnership holds, as one file to take away on any day: nobody is locked in."""
