"""The commented spec file that `optviz new` writes."""

SPECIMEN = """\
# Figures for `optviz batch`: one table a figure, its words those of the flags without dashes.
#
#     optviz batch FILE --check      says everything that is wrong, draws nothing
#     optviz batch FILE              draws what has changed, beside this file
#     optviz batch FILE --only "adagrad*" --jobs 2
#     optviz batch FILE --gallery index.html
#
# Words: optviz trace --help, and so on. What there is: optviz list.

# Figures and defaults of other files, found from here; none may lead back to this one.
# include = ["defaults.toml"]

# What every figure below has unless it says otherwise; each takes the options that it has.
[defaults]
objective = "0.1x1^2 + 2x2^2"
theme = "light" # without it, a page (.html) follows the reader's device
size = "960x720"

# A comment right above a figure is its caption, or `caption = "…"`.
# AdaGrad's own rates stop it halfway down the valley.
[adagrad-path]
figure = "trace" # or rates, loss, compare, sweep, inspect
opt = "adagrad"
eta = 0.4

# The two effective rates behind that, as a picture for slides and as numbers.
[adagrad-rates]
figure = "rates"
opt = ["adagrad:eta=0.4", "rmsprop:eta=0.1"]
steps = 40
output = ["{name}.svg", "{name}.csv"] # by default: adagrad-rates.png

# Four figures, one for each pair of values: path-gd-0.1, path-gd-0.4, path-adagrad-0.1, …
[path]
figure = "trace"
start = ["-5,-2", "4,2"]

[path.matrix]
opt = ["gd", "adagrad"]
eta = [0.1, 0.4]

# Which of the two is there first, at the best rate of each.
[race]
figure = "compare"
opt = ["gd", "momentum"]
fair = "tuned"
rows = "trace,loss"
"""
