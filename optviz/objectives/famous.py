"""Test functions that are no quadratics, as the literature has them; one more is one entry.

Minima are given to the digits of float64, by Newton's method from the printed ones.
"""

from optviz.objectives.presets import Preset

_JY = "Jamil & Yang, Test functions for global optimization, 2013"
_D2L = "Dive into Deep Learning, ch. 12"

VALLEYS, MANY, FEW, BOOK = "valleys", "many minima", "few minima", "of books"

FAMOUS: dict[str, Preset] = {
    "rosenbrock": Preset(
        "(1-x)^2 + 100(y-x^2)^2",
        "Rosenbrock, Comput. J. 3, 1960",
        "The banana: a curved valley that is easy to find and hard to follow.",
        (-2.0, 2.0), 1000, VALLEYS, (-2.0, 2.0, -1.0, 3.0), ((1.0, 1.0),),
    ),
    "beale": Preset(
        "(1.5-x+x y)^2 + (2.25-x+x y^2)^2 + (2.625-x+x y^3)^2",
        "Beale 1958; Moré, Garbow & Hillstrom, ACM TOMS 7, 1981",
        "A flat valley between steep walls at the corners.",
        (1.0, 1.0), 500, VALLEYS, (-4.5, 4.5, -4.5, 4.5), ((3.0, 0.5),),
    ),
    "goldstein-price": Preset(
        "(1+(x+y+1)^2(19-14x+3x^2-14y+6x y+3y^2))"
        "(30+(2x-3y)^2(18-32x+12x^2+48y-36x y+27y^2))",
        "Goldstein & Price, Math. Comp. 25, 1971",
        "Six powers of ten between the floor and the corners (steps ours).",
        (1.5, 1.0), 200, VALLEYS, (-2.0, 2.0, -2.0, 2.0), ((0.0, -1.0),),
    ),
    "dixon-price": Preset(
        "(x-1)^2 + 2(2y^2-x)^2",
        "Dixon & Price, J. Optim. Theory Appl. 60, 1989",
        "A parabola of a valley with a minimum at each of its arms (start and steps ours).",
        (-1.0, 1.0), 100, VALLEYS, (-2.0, 2.0, -2.0, 2.0),
        ((1.0, 0.7071067811865476), (1.0, -0.7071067811865476)),
    ),
    "mccormick": Preset(
        "sin(x+y) + (x-y)^2 - 1.5x + 2.5y + 1",
        _JY,
        "A valley along the diagonal with waves in it (start and steps ours).",
        (3.0, 3.0), 100, VALLEYS, (-1.5, 4.0, -3.0, 4.0),
        ((-0.5471975511965976, -1.5471975511965976),),
    ),
    "valley-of-stability": Preset(
        "(1-x y)^2/2",
        "the two-layer scalar network; Wang et al., Large learning rate tames homogeneity, 2022",
        "Minima along a hyperbola, each with its own curvature x²+y²: a rate rests in some.",
        (2.5, 1.5), 100, VALLEYS, (-3.0, 3.0, -3.0, 3.0), least=0.0,
    ),
    "himmelblau": Preset(
        "(x^2+y-11)^2 + (x+y^2-7)^2",
        "Himmelblau, Applied Nonlinear Programming, 1972",
        "Four minima of the same depth and different curvature.",
        (-0.15, 0.67), 100, FEW, (-5.0, 5.0, -5.0, 5.0),
        (
            (3.0, 2.0),
            (-2.8051180869527448, 3.1313125182505730),
            (-3.7793102533777469, -3.2831859912861694),
            (3.5844283403304917, -1.8481265269644036),
        ),
    ),
    "six-hump-camel": Preset(
        "(4-2.1x^2+x^4/3)x^2 + x y + 4(y^2-1)y^2",
        "Dixon & Szegö, Towards Global Optimisation 2, 1978",
        "Six minima, two of them the lowest (start and steps ours).",
        (-1.5, 1.0), 100, FEW, (-2.0, 2.0, -1.0, 1.0),
        ((0.08984201310031806, -0.7126564030207396), (-0.08984201310031806, 0.7126564030207396)),
    ),
    "three-hump-camel": Preset(
        "2x^2 - 1.05x^4 + x^6/6 + x y + y^2",
        _JY,
        "Three minima in a row, the middle one the lowest (start and steps ours).",
        (2.0, 1.0), 100, FEW, (-2.2, 2.2, -2.2, 2.2), ((0.0, 0.0),),
    ),
    "styblinski-tang": Preset(
        "(x^4-16x^2+5x + y^4-16y^2+5y)/2",
        "Styblinski & Tang, Neural Networks 3, 1990",
        "Four bowls, the coordinates apart (start and steps ours).",
        (0.0, 0.0), 100, FEW, (-5.0, 5.0, -5.0, 5.0),
        ((-2.9035340277711770, -2.9035340277711770),),
    ),
    "monkey-saddle": Preset(
        "x^3 - 3x y^2",
        "the saddle with a place for the tail; Hilbert & Cohn-Vossen 1932",
        "Three ways down from a point of no curvature (start and steps ours).",
        (0.01, 0.02), 60, FEW, (-1.5, 1.5, -1.5, 1.5),
    ),
    "rastrigin": Preset(
        "20 + x^2 - 10cos(2pi x) + y^2 - 10cos(2pi y)",
        "Rastrigin 1974; Mühlenbein et al., Parallel Comput. 17, 1991",
        "A bowl with a minimum near each whole number.",
        (-2.0, 3.5), 500, MANY, (-4.5, 4.5, -4.5, 4.5), ((0.0, 0.0),),
    ),
    "ackley": Preset(
        "-20exp(-0.2sqrt(0.5(x^2+y^2))) - exp(0.5(cos(2pi x)+cos(2pi y))) + e + 20",
        "Ackley, A Connectionist Machine for Genetic Hillclimbing, 1987",
        "A funnel among ripples; the minimum is a kink without a Hessian (start and steps ours).",
        (2.5, 3.0), 200, MANY, (-4.0, 4.0, -4.0, 4.0), ((0.0, 0.0),),
    ),
    "levy13": Preset(
        "sin(3pi x)^2 + (x-1)^2(1+sin(3pi y)^2) + (y-1)^2(1+sin(2pi y)^2)",
        _JY,
        "Waves on a bowl (start and steps ours).",
        (-4.0, 3.0), 200, MANY, (-10.0, 10.0, -10.0, 10.0), ((1.0, 1.0),),
    ),
    "griewank": Preset(
        "1 + (x^2+y^2)/4000 - cos(x)cos(y/sqrt(2))",
        "Griewank, J. Optim. Theory Appl. 34, 1981",
        "Waves on a bowl so wide that it hardly shows (start and steps ours).",
        (-3.0, 4.0), 100, MANY, (-10.0, 10.0, -10.0, 10.0), ((0.0, 0.0),),
    ),
    "easom": Preset(
        "-cos(x)cos(y)exp(-(x-pi)^2-(y-pi)^2)",
        _JY,
        "A hole in a plain that tells nothing of it (start and steps ours).",
        (2.0, 2.0), 100, MANY, (-6.283185307179586, 6.283185307179586) * 2,
        ((3.141592653589793, 3.141592653589793),),
    ),
    "boyd": Preset(
        "exp(x+3y-0.1) + exp(x-3y-0.1) + exp(-x-0.1)",
        "Boyd & Vandenberghe, Convex Optimization, 9.2",
        "A convex sum of exponentials, for descent with line searches.",
        (-1.0, 1.0), 50, BOOK, (-2.0, 1.0, -1.0, 1.0), ((-0.34657359027997264, 0.0),),
    ),
    "d2l-cosine": Preset(
        "x cos(0.15pi x)",
        f"{_D2L}: Gradient Descent",
        "One coordinate, many minima: a rate of 2 ends in a poor one, Newton's method runs away.",
        (10.0,), 10, BOOK, (-10.0, 10.0),
    ),
    "d2l-cosh": Preset(
        "cosh(0.5x)",
        f"{_D2L}: Gradient Descent",
        "One coordinate, convex: Newton's method is there in a few steps.",
        (10.0,), 10, BOOK, (-10.0, 10.0), ((0.0,),),
    ),
    "d2l-local": Preset(
        "x cos(pi x)",
        f"{_D2L}: Optimization and Deep Learning",
        "A local minimum beside the global one (start and steps ours).",
        (-0.2,), 20, BOOK, (-1.0, 2.0),
    ),
}  # fmt: skip
