"""Settings, addresses, the command line and the pages that gather from all stages."""
