"""What a browser calls itself, in words that its owner knows it by: "Firefox on Windows"."""

BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
"""The first that is found counts: most call themselves by the names of others as well."""
SYSTEMS = (
    ("iPhone", "an iPhone"),
    ("iPad", "an iPad"),
    ("Android", "Android"),
    ("CrOS", "ChromeOS"),
    ("Windows", "Windows"),
    ("Macintosh", "a Mac"),
    ("Linux", "Linux"),
)
MOST_LETTERS = 120


def in_words(calls_itself: str) -> str:
    """Return browser and system in words; what names neither as it calls itself, cut short."""
    browser = next((words for part, words in BROWSERS if part in calls_itself), "")
    system = next((words for part, words in SYSTEMS if part in calls_itself), "")
    return f"{browser} on {system}" if browser and system else calls_itself[:MOST_LETTERS]
