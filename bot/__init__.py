"""How is it put together and run? Settings, wiring and the command line."""
