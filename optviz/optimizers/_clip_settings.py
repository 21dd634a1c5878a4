"""The settings of every rule by which a gradient is clipped before the rule has it."""

from optviz.text.setting import Setting

CLIP = Setting(
    "clip", r"\mathrm{clip}", "the longest gradient: a longer one is scaled to it", "(0, inf)",
    variant=True, optional=True,
)  # fmt: skip
CLIP_VALUE = Setting(
    "clip value", r"\mathrm{clip\ value}", "the largest partial derivative: a larger one is cut",
    "(0, inf)", variant=True, optional=True,
)  # fmt: skip
