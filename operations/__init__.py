"""What can be done? Each a plain function over one transaction, whichever door it came through."""
