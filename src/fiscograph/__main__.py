"""``python -m fiscograph``: the same as the console script."""

from fiscograph.cli import main

if __name__ == "__main__":
    main()
