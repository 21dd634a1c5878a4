"""The browser, for the tests beside this file."""

from browser import browser as browser
