"""The settings of rules, under the name that rules in people's files import: `text.settings`."""

from optviz.text.settings import *  # noqa: F403
