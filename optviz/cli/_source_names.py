"""Names that a module defines, read from its source: importing it would load NumPy.

Completion has a tenth of a second in all. `tests/cli/test_source_names.py` holds these names to
those of the classes themselves.
"""

import ast
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from optviz.registry import stems


class Class(NamedTuple):
    """The source of a class, and the module in which it stands."""

    module: str
    tree: ast.ClassDef


def settings(package: str, name: str) -> list[str]:
    """The settings of a registered class, those of the class that it derives from first."""
    return _settings(_registered(package, name))


def _settings(found: Class | None) -> list[str]:
    if found is None:
        return []
    own = [
        statement.target.id
        for statement in found.tree.body
        if isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name)
        if _is_setting(statement.value)
    ]
    above = _settings(_base(found))
    return [*above, *(name for name in own if name not in above)]


def spellings(package: str, name: str, library: str) -> list[str]:
    """The words of a library for the settings of a rule; those of the rule it derives from too.

    A dictionary in the source may be that of the other rule, or begin with it.
    """
    return _spellings(_registered(package, name), library)


def _spellings(found: Class | None, library: str) -> list[str]:
    value = _inner(_assigned(found.tree.body, "spellings"), (library,)) if found else None
    if found is None or value is None:
        return []
    own = _keys(value)
    if isinstance(value, ast.Dict) and None not in value.keys:
        return own
    return list(dict.fromkeys([*_spellings(_base(found), library), *own]))


def keys(package: str, name: str, *path: str) -> list[str]:
    """The keys of a dictionary in a class: of `dialects`, or of one in it: `spellings`, "torch"."""
    found = _registered(package, name)
    return _keys(_inner(_assigned(found.tree.body, path[0]), path[1:])) if found else []


def entries(module: str, name: str) -> list[str]:
    """The keys of a dictionary of a module, such as the presets."""
    return _keys(_assigned(_tree(module).body, name))


def _registered(package: str, name: str) -> Class | None:
    """The class of that name in a package, None if there is none."""
    if name not in stems(package):
        return None
    module = f"{package}.{name}"
    return next((c for c in _classes(module) if c.tree.name.lower() == name.replace("_", "")), None)


def _base(found: Class) -> Class | None:
    """The class that one derives from, where that is imported from a module of optviz."""
    base = found.tree.bases[0] if found.tree.bases else None
    if not isinstance(base, ast.Name):
        return None
    for statement in _tree(found.module).body:
        if not isinstance(statement, ast.ImportFrom) or not statement.module:
            continue
        if base.id in {alias.name for alias in statement.names}:
            classes = _classes(statement.module)
            return next((c for c in classes if c.tree.name == base.id), None)
    return None


def _classes(module: str) -> list[Class]:
    if not module.startswith("optviz."):
        return []
    return [Class(module, one) for one in _tree(module).body if isinstance(one, ast.ClassDef)]


@cache
def _tree(module: str) -> ast.Module:
    package, *path = module.split(".")
    spec = find_spec(package)
    assert spec is not None
    assert spec.submodule_search_locations
    file = Path(spec.submodule_search_locations[0], *path)
    file = file / "__init__.py" if file.is_dir() else file.with_suffix(".py")
    return ast.parse(file.read_text(encoding="utf-8"))


def _assigned(body: list[ast.stmt], name: str) -> ast.expr | None:
    """What is assigned to a name."""
    for statement in body:
        if isinstance(statement, ast.Assign) and _is(statement.targets[0], name):
            return statement.value
        if isinstance(statement, ast.AnnAssign) and _is(statement.target, name):
            return statement.value
    return None


def _is_setting(value: ast.expr | None) -> bool:
    """Whether a field is made by `setting(…)`, or has `metadata={"setting": …}`."""
    if not isinstance(value, ast.Call):
        return False
    metadata = (word.value for word in value.keywords if word.arg == "metadata")
    return _is(value.func, "setting") or any("setting" in _keys(one) for one in metadata)


def _is(target: ast.expr, name: str) -> bool:
    return isinstance(target, ast.Name) and target.id == name


def _inner(value: ast.expr | None, path: tuple[str, ...]) -> ast.expr | None:
    """The value behind keys of dictionaries, one in the other."""
    for name in path:
        pairs = zip(value.keys, value.values, strict=True) if isinstance(value, ast.Dict) else ()
        found = (v for key, v in pairs if isinstance(key, ast.Constant) and key.value == name)
        value = next(found, None)
    return value


def _keys(value: ast.expr | None) -> list[str]:
    keys = value.keys if isinstance(value, ast.Dict) else []
    texts = (key.value for key in keys if isinstance(key, ast.Constant))
    return [text for text in texts if isinstance(text, str)]
