import ast
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

import optviz

HOUSE = Path(optviz.__file__).parent

# From the ground up. A part may import what stands on a lower floor, and its own modules.
FLOORS = [
    {"errors", "arrays", "process", "phrases", "decimals", "notes"},
    {"registry", "files", "text", "workers", "scene", "help", "tape"},
    {"settings", "objectives", "render"},
    {"schedules"},
    {"gradients", "optimizers"},
    {"theory", "recorder"},
    {"walks"},
    {"studies", "records"},
    {"figures"},
    {"spec"},
    {"api", "catalog", "batch", "recipe"},
    {"gallery", "documents", "reference"},
    {"cli", "__main__"},
    {"book"},
    {"publishing"},
]
FLOOR = {part: height for height, parts in enumerate(FLOORS) for part in parts}

# What may be imported from outside, and where alone.
ONLY_IN = {
    "matplotlib": {"render"},
    "PIL": {"render"},
    "contourpy": {"figures", "objectives"},
    "typer": {"cli"},
    "rich": {"cli"},
    "torch": {"optimizers", "recorder"},
    "jax": {"recorder"},
    "optax": {"recorder"},
    "keras": {"recorder"},
    "lightning": {"recorder"},
    "transformers": {"recorder"},
}

MODULES = sorted(path.relative_to(HOUSE) for path in HOUSE.rglob("*.py"))
INSIDE = [module for module in MODULES if module != Path("__init__.py")]


def part_of(module: Path) -> str:
    """objectives/matrix.py and objectives/__init__.py are of the part `objectives`."""
    return module.parts[0].removesuffix(".py")


def imports(tree: ast.AST, package: str = "optviz") -> Iterator[str]:
    """Every module that is imported, also inside functions, as a full dotted name."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            up = package.split(".")[: len(package.split(".")) - node.level + 1]
            base = ".".join([*(up if node.level else []), *filter(None, [node.module])])
            yield base
            yield from (f"{base}.{alias.name}" for alias in node.names)


def imported(module: Path) -> set[str]:
    """Every module that a module imports, as `imports` has it."""
    tree = ast.parse((HOUSE / module).read_text(encoding="utf-8"))
    return set(imports(tree, ".".join(["optviz", *module.parts[:-1]])))


def parts_within(names: Iterable[str]) -> set[str]:
    """The parts of the house among the names, those that stand on a floor."""
    within = {name.split(".")[1] for name in names if name.startswith("optviz.")}
    return within & FLOOR.keys()


def test_every_part_of_the_house_stands_on_one_floor() -> None:
    parts = {part_of(module) for module in INSIDE}
    assert parts == FLOOR.keys()
    assert len(FLOOR) == sum(len(parts) for parts in FLOORS)


@pytest.mark.parametrize("module", INSIDE, ids=str)
def test_a_module_imports_only_what_stands_below_it(module: Path) -> None:
    own = part_of(module)
    above = {part for part in parts_within(imported(module)) if FLOOR[part] >= FLOOR[own]}
    assert above <= ({own, "cli"} if own == "__main__" else {own})


def dotted(module: Path) -> str:
    """objectives/matrix.py is `optviz.objectives.matrix`, objectives/__init__.py its package."""
    return ".".join(["optviz", *module.with_suffix("").parts]).removesuffix(".__init__")


NAMES = {dotted(module) for module in INSIDE}


def modules_imported(module: Path) -> set[str]:
    """The modules of optviz that a module imports; a package only if names of its own are used."""
    names = imported(module)
    submodules = {name.rpartition(".")[0] for name in names & NAMES}
    own = {name.rpartition(".")[0] for name in names - NAMES}
    return (names & NAMES) - (submodules - own) - {dotted(module)}


def test_modules_do_not_import_each_other_in_a_circle() -> None:
    graph = {dotted(module): modules_imported(module) for module in INSIDE}
    TopologicalSorter(graph).prepare()  # raises CycleError, with the circle


def private_to_others(name: str, importer: str) -> bool:
    """Whether a part of the name opens with an underscore, in a package the importer is not of."""
    parts = name.split(".")
    private = [i for i, part in enumerate(parts) if part.startswith("_") and part[:2] != "__"]
    owners = [".".join(parts[:i]) for i in private]
    return any(not f"{importer}.".startswith(f"{owner}.") for owner in owners)


@pytest.mark.parametrize("module", MODULES, ids=str)
def test_nobody_imports_what_is_private_to_another_package(module: Path) -> None:
    importer = dotted(module)
    names = {name for name in imported(module) if name.startswith("optviz.")}
    private = {name for name in names if private_to_others(name, importer)}
    assert private == set()


def test_a_name_stands_for_at_most_two_modules() -> None:
    count = Counter(module.stem.strip("_") for module in MODULES if module.stem != "__init__")
    assert {name for name, times in count.items() if times > 2} == set()


@pytest.mark.parametrize("module", MODULES, ids=str)
def test_what_comes_from_outside_stays_where_it_belongs(module: Path) -> None:
    outside = {name.split(".")[0] for name in imported(module)}
    for library, home in ONLY_IN.items():
        assert library not in outside or part_of(module) in home


def test_importing_the_package_imports_nothing_else() -> None:
    top = ast.parse((HOUSE / "__init__.py").read_text(encoding="utf-8")).body
    outside_functions = [node for node in top if isinstance(node, ast.Import | ast.ImportFrom)]
    assert set(imports(ast.Module(outside_functions, []))) <= {
        "typing",
        "typing.TYPE_CHECKING",
        "typing.Any",
    }


def test_imports_inside_functions_and_relative_ones_count() -> None:
    tree = ast.parse("def f():\n    from optviz import cli\n    from ..figures import trace\n")
    assert {"optviz.cli", "optviz.figures"} <= set(imports(tree, "optviz.engine"))


def test_nothing_but_a_drawing_loads_matplotlib() -> None:
    code = """if True:
        import sys, optviz
        from optviz import catalog, cli
        from optviz.errors.name_synonyms import KINDS
        for kind in KINDS:
            catalog.entries(kind)
        optviz.figure(optviz.run("d2l", "adagrad"))
        print({"matplotlib", "PIL"} & sys.modules.keys())
    """
    command = [sys.executable, "-c", code]
    process = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (process.stdout, process.stderr) == ("set()\n", "")


# What takes in bytes or JSON of anybody's, and who may: the one door, and files of optviz's own.
DOORS = {
    "open": {
        "files/_reading",
        "files/_writing",
        "files/atomic",
        "files/archive",
        "records/npz",
        "recorder/writer",
        "render/_difference",
        "render/_film_still",
        "render/formats/mp4",
        "render/formats/png",
        "render/terminal/blocks",
        "cli/__init__",
        "__main__",
    },
    "read_bytes": {"batch/_cache", "batch/_differences", "batch/_task"},
    "read_text": {
        "gallery/_page",
        "render/page/library",
        "documents/_page_files",
        "help/__init__",
        "cli/_source_names",
    },
    "loads": {"files/parse", "batch/_cache"},
}


@pytest.mark.parametrize("module", MODULES, ids=str)
def test_what_people_name_is_read_by_one_door_with_limits(module: Path) -> None:
    calls = {
        node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        for node in ast.walk(ast.parse((HOUSE / module).read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
    }
    name = module.with_suffix("").as_posix()
    assert not {call for call in calls & DOORS.keys() if name not in DOORS[call]}
