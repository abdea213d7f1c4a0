"""What each page of the demonstration costs at the server, as each role sees it: ``python -m benchmarks.pages``."""
