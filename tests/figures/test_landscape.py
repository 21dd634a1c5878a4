"""A landscape is worked out once, and keeps nothing that is large alive."""

import gc
import weakref

from optviz.figures._landscape import landscape
from optviz.objectives import Model, read

SEEN = (-1.0, 1.0, -1.0, 1.0), 2.0, None, 200.0


def test_the_same_view_of_the_same_objective_is_the_same_landscape() -> None:
    one = landscape(read("x^2 + y^2"), *SEEN)
    assert landscape(read("x^2 + y^2"), *SEEN) is one
    assert landscape(read("x^2 + 2y^2"), *SEEN) is not one


def test_a_table_does_not_stay_for_its_picture() -> None:
    q = read("@inline.csv\na,b,y\n1,2,3\n2,5,4\n7,1,1\n", model=Model("y"))
    assert landscape(q, *SEEN)
    gone = weakref.ref(q)
    del q
    gc.collect()
    assert gone() is None
