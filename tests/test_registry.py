import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from optviz.errors import UnknownName
from optviz.registry import Registry


class Animal:
    pass


@pytest.fixture
def zoo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Registry[Animal]]:
    """A family on disk: cat.py, sea_lion.py, a stone that is no animal, and a tool."""
    folder = tmp_path / "zoo_on_disk"
    folder.mkdir()
    (folder / "__init__.py").touch()
    head = f"from {__name__} import Animal\n"
    (folder / "cat.py").write_text(head + "class CAT(Animal): pass\n")
    (folder / "sea_lion.py").write_text(head + "class SeaLion(Animal): pass\n")
    (folder / "stone.py").write_text("class Stone: pass\nstone = 3\n")
    (folder / "_tool.py").write_text("raise RuntimeError('nobody asked for a tool')\n")
    monkeypatch.syspath_prepend(tmp_path)
    yield Registry("animal", "zoo_on_disk", Animal)
    for name in [name for name in sys.modules if name.startswith("zoo_on_disk")]:
        del sys.modules[name]


def test_one_more_file_is_one_more_name(zoo: Registry[Animal]) -> None:
    assert zoo.names == ("cat", "sea_lion", "stone")


def test_a_name_is_read_in_any_case(zoo: Registry[Animal]) -> None:
    assert zoo["cat"] is zoo["CAT"]
    assert zoo["sea_lion"].__name__ == "SeaLion"
    assert issubclass(zoo["Cat"], Animal)


def test_a_member_is_loaded_on_first_use(zoo: Registry[Animal]) -> None:
    assert zoo["cat"]
    assert "zoo_on_disk.sea_lion" not in sys.modules


@pytest.mark.parametrize("name", ["dog", "_tool", "", "../cat", "zoo_on_disk.cat", "cat\0"])
def test_another_name_is_refused(zoo: Registry[Animal], name: str) -> None:
    with pytest.raises(UnknownName) as caught:
        zoo[name]
    assert caught.value.choices == zoo.names


def test_a_file_without_its_class_is_a_bug_of_optviz(zoo: Registry[Animal]) -> None:
    with pytest.raises((TypeError, AssertionError)):
        zoo["stone"]
