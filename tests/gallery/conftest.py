"""The browser, for the tests beside this file."""

from browser import browser  # noqa: F401  # a fixture
