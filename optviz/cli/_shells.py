"""The scripts that bash, zsh and fish run for completion, and where each looks for them."""

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path, PurePath
from typing import Annotated, Any

import typer
from typer.exceptions import Exit

from optviz.errors import Unfit

# A word that ends in one of `=:,@(/` goes on, so no space is put behind it.
_BASH = r"""_optviz_completion() {
  local answer status=0 line
  COMPREPLY=()
  answer=$(_OPTVIZ_COMPLETE=bash _OPTVIZ_LINE="${COMP_LINE:0:$COMP_POINT}" \
    _OPTVIZ_BREAKS="$COMP_WORDBREAKS" "$1" 2>/dev/null) || status=$?
  if [ "$status" -eq 10 ]; then
    compopt -o default 2>/dev/null
    return 0
  fi
  while IFS= read -r line; do
    [ -n "$line" ] && COMPREPLY+=("$line")
  done <<<"$answer"
  case "${#COMPREPLY[@]}:${COMPREPLY[0]}" in
    1:*[=:,@\(/]) compopt -o nospace 2>/dev/null ;;
  esac
  return 0
}
complete -F _optviz_completion optviz"""

_ZSH = r"""#compdef optviz
_optviz() {
  local answer code
  local -a found open
  answer="$(_OPTVIZ_COMPLETE=zsh _OPTVIZ_LINE="${(j: :)words[1,CURRENT-1]} ${QIPREFIX}$PREFIX" \
    ${words[1]} 2>/dev/null)"
  code=$?
  if (( code == 10 )); then
    _files
    return
  fi
  found=(${(f)answer})
  open=(${(M)found:#*[=:,@\(/]})
  found=(${found:#*[=:,@\(/]})
  (( $#open )) && compadd -S '' -- $open
  (( $#found )) && compadd -- $found
}
if [[ $funcstack[1] == _optviz ]]; then
  _optviz "$@" # zsh has loaded this file because it wants completions
else
  compdef _optviz optviz
fi"""

_FISH = r"""function __optviz_completion
    set -lx _OPTVIZ_COMPLETE fish
    set -lx _OPTVIZ_LINE (commandline -cp | string collect)
    set -l program (commandline -opc)[1]
    set -l found ($program 2>/dev/null)
    if test $status -eq 10
        __fish_complete_path (commandline -ct)
    else
        string join \n -- $found
    end
end
complete --command optviz --no-files --arguments '(__optviz_completion)'"""

SCRIPTS = {"bash": _BASH, "zsh": _ZSH, "fish": _FISH}
_PLACES = {
    "bash": ".bash_completions/optviz.sh",
    "zsh": ".zfunc/_optviz",
    "fish": ".config/fish/completions/optviz.fish",
}
_STARTS = {  # the lines of a shell's own start file that load the script
    "bash": (".bashrc", "source ~/.bash_completions/optviz.sh"),
    "zsh": (".zshrc", "fpath+=~/.zfunc; autoload -Uz compinit; compinit"),
}


def shell_name() -> str:
    """The shell that this process was started from. Raises `Unfit` where it has no completion."""
    name = ""
    with suppress(Exception):  # it reads the processes of the system, which may be forbidden
        import shellingham

        name = shellingham.detect_shell()[0]
    name = name or PurePath(os.environ.get("SHELL", "")).name
    if name not in SCRIPTS:
        raise Unfit(f"completion is for {', '.join(SCRIPTS)}; this shell is {name or 'not known'}")
    return name


def install(shell: str, home: Path) -> list[Path]:
    """Writes the script of a shell, and the line that loads it where there is none; the files.

    Raises `WorldError`.
    """
    from optviz import files

    script = home / _PLACES[shell]
    files.folder(str(script))
    with files.writing(str(script), binary=False) as stream:
        stream.write(f"{SCRIPTS[shell]}\n")
    if shell not in _STARTS:
        return [script]
    name, line = _STARTS[shell]
    start = home / name
    text = files.decoded(files.reading(str(start)), str(start)) if start.exists() else ""
    if line in text.splitlines():
        return [script]
    with files.writing(str(start), binary=False) as stream:
        stream.write(f"{text}{'' if text.endswith(chr(10)) or not text else chr(10)}{line}\n")
    return [script, start]


def _show(asked: bool) -> None:
    if asked:
        from optviz.cli import _console

        _console.show(SCRIPTS[shell_name()])
        raise Exit


def _install(asked: bool) -> None:
    if asked:
        from optviz.cli import _console

        for path in install(shell_name(), Path.home()):
            _console.path(str(path))
        _console.say("optviz: completion is there in the next shell that you open")
        raise Exit


def _flag(name: str, says: str, callback: Callable[[bool], None]) -> Any:
    return typer.Option(name, help=says, is_eager=True, callback=callback)


Show = Annotated[
    bool, _flag("--show-completion", "print the completion script of this shell", _show)
]
Install = Annotated[
    bool, _flag("--install-completion", "install completion for this shell", _install)
]
