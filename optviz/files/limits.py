"""The largest inputs that are read; what is larger is refused before it is unpacked.

Files, pipes and devices have the same limits: `yes | optviz batch -` ends in an error and not in a
full memory. Sizes are bytes unless a comment says otherwise.
"""

MB = 2**20

SPEC = 32 * MB  # a batch file: 50 000 figures of 600 bytes
DOCUMENT = 16 * MB  # Markdown
PRINTED = MB  # what a command prints into a document
OBJECTIVE = 64 * MB  # Q, c, b as JSON, TOML or npz: 1000 × 1000 in full precision is 20 MB
DATA = 256 * MB  # tables, trajectories and logs; also what an npz unpacks to
THEME = MB // 16  # sixty colours and sizes; each picture carries it
PICTURE = 256 * MB  # a picture with a recipe
RECIPE = MB  # characters of a recipe

MEMBERS = 1000  # of an npz archive; ours have five
DIMENSIONS = 1000  # coordinates of an objective: its eigenvectors take dim³
COLUMNS = 20_000  # of a table
DEPTH = 50  # lists in lists; Python's stack ends at a thousand, files have five at most
BRACES = 10  # in braces, in a formula of a title: matplotlib reads 20
KEY_PARTS = 10  # of a dotted key in TOML, as reading one takes their square
FIGURES = 50_000  # of a batch
FAULTS = 1000  # of a batch that are reported
STEP = 10**15  # the largest number of a step: steps are drawn as floats, exact up to 9e15
SEED = 2**63 - 1

# What the recipe in a picture from outside may need.
RECIPE_STEPS = 2 * 10**6  # of all optimizers: a minute
RECIPE_NUMBERS = 5 * 10**7  # coordinates × steps × runs, which are kept: 1.2 GB
RECIPE_SWEEP = 2 * 10**9  # coordinates × steps × cells, which are not: a minute
RECIPE_PICTURE = 10**8  # pixels: 400 MB
RECIPE_FILM = 10**10  # pixels of all frames: a minute or two
