"""What is remembered? The only SQL; frozen values in, frozen values out."""
