"""Names and values that stand in the wrong place, or in another program's form, are answered."""

import shlex
from pathlib import Path

import pytest

from optviz import catalog, cli, objectives, optimizers, schedules
from optviz import help as texts

ANSWERED = """
explain d2l                          ; d2l: an objective; write optviz trace -f d2l
explain trace                        ; trace: a command; write optviz help trace
explain noise                        ; noise: a topic; write optviz help noise
explain dark                         ; dark: a theme; write optviz trace --theme dark
explain adagard                      ; did you mean adagrad?
list adam                            ; adam: an optimizer; write optviz explain adam
list "gradient descent"              ; the optimizer gd; write optviz explain gd
list themes                          ; themes: write optviz help look
list optimisers                      ; write optimizers
help adam                            ; adam: an optimizer; write optviz explain adam
help StepLR                          ; StepLR: a schedule; write optviz explain StepLR
help csv                             ; write data
help gif                             ; write films
help formats                         ; write optviz list formats
trace adam 0.1                       ; 0.1: a number; write --eta 0.1
trace —opt adam                      ; a long dash, as word processors make; write --opt
trace –n 5                           ; write -n
trace --grid                         ; --grid (--over): an option of sweep
trace -o a.gif --frames 20           ; write --duration
trace ./mine.py                      ; write --opt ./mine.py:CLASS
trace mine.py                        ; write --opt ./mine.py:CLASS
trace "optim.Adam(p, lr=0.1**2)"     ; 0.1**2 is computed by the script; write its value
trace --gradient 0.5                 ; write noise(0.5)
trace --gradient noise=0.5           ; write noise(0.5)
trace --gradient "noise 0.5"         ; write noise(0.5)
rates --gradient grads.csv           ; write log(grads.csv)
rates --gradient @runs/grads.jsonl   ; write log(runs/grads.jsonl)
trace adam:eta=0.1:beta1=0.9         ; settings have commas between
trace "adam:eta=0.1;beta1=0.9"       ; a semicolon; write a comma
trace gd:beta=0.9                    ; write momentum:beta=0.9
trace gd@torch:beta=0.9              ; write momentum@torch:beta=0.9
trace gd --beta 0.9                  ; momentum has it
trace adam --beta 0.9                ; beta1 comes near
sweep adam --over eta=0.1..1         ; lin(LOW,HIGH,COUNT)
sweep adam --over eta=0.1:1:10       ; lin(LOW,HIGH,COUNT)
sweep adam --eta 0.1,0.2             ; write --over "eta=[0.1,0.2]"
sweep adam --eta 0.1 --eta 0.2       ; write --over "eta=[0.1,0.2]"
plot "x**2 + y**2"                   ; an objective; write optviz trace -f "x**2 + y**2"
plot adam                            ; an optimizer; write optviz trace --opt adam
plot sweep                           ; optviz
inspect -f "0.5*x@A@x"               ; a form of matrices; write quadratic(
trace adam gd --label a,b,c          ; label: a,b,c given, one label for each optimizer
trace --start "(-5,-2), (3,1)"       ; one place is wanted; write --start for each
trace --start "[[-5,-2],[3,1]]"      ; one place is wanted; write --start for each
batch                                ; as in optviz batch
recipe                               ; as in optviz recipe
new                                  ; as in optviz new
explain                              ; as in optviz explain
run "Adam(params, **kwargs)"         ; kwargs is a variable of the script
schedule "OneCycleLR(optimizer, max_lr=0.1, total_steps=9)" ; leave it out; max_lr is the base rate
schedule "linear_schedule(self.lr, 0, 9)" ; write the value of a variable
schedule                             ; optviz schedule "cosine(0.3,60)"
"""


@pytest.mark.parametrize(
    ("line", "answer"), [line.split(" ; ") for line in ANSWERED.strip().splitlines()]
)
def test_it_is_answered_with_what_to_write(
    line: str,
    answer: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    assert cli.main(shlex.split(line)) == 2
    assert answer.strip() in capsys.readouterr().err


NAMES = {
    "trace -f": list(objectives.PRESETS),
    "explain": [*optimizers.registry.names, *(kind.word() for kind in schedules.registry)],
    "help": [*texts.topics(), *cli.commands()],
    "list": list(catalog.KINDS),
}


@pytest.mark.parametrize("command", ["explain", "list", "help"])
def test_every_name_that_another_command_has_is_answered_with_it(
    command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    own = {name.lower() for name in NAMES[command]}
    for name in {name for names in NAMES.values() for name in names}:
        if name.lower() in own:
            continue
        assert cli.main([command, name]) == 2
        error = capsys.readouterr().err
        homes = [f"{home} {name}" for home, names in NAMES.items() if name in names]
        assert "write " in error or "did you mean" in error, error
        near = error.startswith("optviz: no ")  # by spelling, or a synonym
        assert near or any(home in error for home in homes), error


def test_a_setting_of_what_a_rule_may_become_is_named_with_that() -> None:
    for rule in optimizers.registry:
        for other in map(optimizers.registry.__getitem__, rule.becomes.values()):
            knows = optimizers.vocabulary_of(rule, "").knows
            for word in other.settings():
                if not knows(word):
                    with pytest.raises(Exception, match=f"write {other.word()}:{word}=0.5"):
                        optimizers.read(f"{rule.word()}:{word}=0.5")
