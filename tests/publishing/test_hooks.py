"""The hooks of pre-commit, and what people copy for them and for CI."""

import shlex
from typing import Any

import pytest
from publishing.snippets import ROOT, snippet

from optviz import cli

yaml = pytest.importorskip("yaml", reason="PyYAML is not installed")

HOOKS: list[dict[str, Any]] = yaml.safe_load(
    (ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8")
)


@pytest.mark.parametrize("hook", HOOKS, ids=lambda hook: hook["id"])
def test_a_hook_accepts_documents_without_blocks(
    hook: dict[str, Any], tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("a.md", "b.markdown"):  # what pre-commit takes for Markdown
        (tmp_path / name).write_text("# No blocks\n", encoding="utf-8")
    program, *words = shlex.split(hook["entry"])
    assert program == "optviz"
    assert cli.main([*words, "a.md", "b.markdown"]) == 0
    assert hook["types"] == ["markdown"]
    assert hook["require_serial"]  # one process for all documents


def test_the_copied_configuration_names_hooks_that_are_there() -> None:
    (repository,) = yaml.safe_load(snippet("OWNER/optviz"))["repos"]
    assert {hook["id"] for hook in repository["hooks"]} <= {hook["id"] for hook in HOOKS}


def test_the_copied_job_checks_documents() -> None:
    (job,) = yaml.safe_load(snippet("runs-on"))["jobs"].values()
    *_, last = job["steps"]
    program, *words = shlex.split(last["run"])
    assert (program, words[:2]) == ("optviz", ["book", "--check"])
