"""The commented document that `optviz new lesson.md` writes."""

SPECIMEN = """\
# A lesson whose pictures cannot be out of date

`optviz book FILE` draws the blocks of this page and keeps a picture, or a text, below each one.
A second run changes nothing; `optviz book FILE --check` says what is not as it should be.

A block of defaults is for all blocks below it; as a comment, the reader does not see it.

<!-- optviz defaults
objective = "0.1x1^2 + 2x2^2"
size = "720x540"
-->

## A command line

AdaGrad's own rates stop it halfway down the valley:

```optviz
trace --opt adagrad --eta 0.4
```

## A table, hidden, with a light and a dark picture

The reader sees the picture alone, in the colours of the page. In a table, words are those of the
flags without dashes.

<!-- optviz pair width=640
figure = "rates"
opt = ["adagrad:eta=0.4", "rmsprop:eta=0.1"]
steps = 40
-->

## The final values below the picture

```optviz values
loss --opt gd --opt momentum --eta 0.3 -o race.png
```

## What a command prints

```optviz
inspect --opt gd
```
"""
