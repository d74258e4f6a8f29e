"""The plain commands, a module for each group; loaded only when called."""
