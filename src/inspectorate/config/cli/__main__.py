"""``python -m inspectorate.config.cli``: the command line where no program of that name is installed."""

from inspectorate.config.cli import main

raise SystemExit(main())
