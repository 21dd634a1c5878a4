"""Powers and cosines, correctly rounded, of single numbers and of arrays.

The C library's differ in the last bit between systems. These use sums and products alone,
which round the same everywhere: two doubles hold a result to 66 bits, and where those do not
decide its last bit, once in some thousand numbers, 40 decimal digits do.
"""

from optviz.arrays.elementary._cosine import cosine
from optviz.arrays.elementary._exact import cos_sin
from optviz.arrays.elementary._power import power

__all__ = ["cos_sin", "cosine", "power"]
