"""``python -m obelos_tui``: the same as the command ``obelos``."""

from .cli import main

if __name__ == "__main__":
    main()
