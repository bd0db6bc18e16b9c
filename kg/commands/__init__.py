"""Groups of commands with rooms of their own; ``kg/cli.py`` hangs them up."""
