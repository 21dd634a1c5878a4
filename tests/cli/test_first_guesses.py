"""What people type before they have read anything: each line works, or the answer has the word.

The lines imitate scripts of PyTorch and Keras, matplotlib, gnuplot, MATLAB, R and ffmpeg, and the
habits of argparse.
"""

import shlex
from pathlib import Path

import pytest

from optviz import cli

WORKS = """
run adagrad adam:eta=0.1
run adagrad --opt gd adam
run adam gd momentum --lr 0.1
run adam, gd, momentum
run --opt adam gd momentum
run --optimizer adam --lr 0.1 --epochs 5
run --optim SGD --learning-rate 0.1 --momentum 0.9
run --optimizers adam --iterations 5
run --method adam --max-iter 5
run --algorithm nesterov --niter 5
run --solver lbfgs --maxiter 5
run sgd --learning_rate 0.1 --momentum 0.9
run sgd --lr=0.1 --momentum=0.9 --num-steps=7
run adamw --lr 1e-3 --weight-decay 0.01
run adam --betas 0.9,0.95 --epsilon 1e-8
run adam --betas 0.9 0.95
run adamw --opt-eps 1e-8 --opt-betas 0.9 0.999 --clip-grad 1.0
run adamw --adam_beta1 0.9 --adam_beta2 0.95 --adam_epsilon 1e-8 --num_train_epochs 3
run adamw --learning_rate=6e-4 --grad_clip=1.0 --max_iters=5
run adam --beta_1 0.9 --beta_2 0.99
run adam:lr=0.1 adam:learning_rate=0.1 adam:b1=0.8 adam:epsilon=1e-8
run RMSprop Adam AdamW
run -lr 0.1
run -opt adam
run -steps 5
run -N 5
run --N 5
run --n-iter 5
run --n_iter 5
run -n=5
run -n5
run --steps 1e1
run --steps 20.0
run --Steps 5
run --x0 1,2
run --init 1,2
run --initial-guess 1,2
run --start-point 1,2
run --start 1 2
run --start -5 -2
run --start -5, -2
run --start (-5,-2)
run --fn x^2+y^2
run --fn "x**2 + 3*y**2  # a bowl"
run --func x^2+y^2
run --function x^2+y^2
run --f x^2+y^2
run --loss-function x^2+y^2
run --objective-function x^2+y^2
run --equation x^2+y^2
run --random-seed 3 --gradient noise(1)
run --random_state 3 --gradient noise(1)
run --grad noise(1)
run --out a.jsonl
run --outfile a.csv
run --save a.npz
run --fmt csv
run --eta 0.1 --lr 0.1
run --silent
run --help
run -help
run help
-V
version
-version
help
-help
help trace
list objectives
explain Adam
inspect --optimizer adam
inspect gd adam
sweep gd --over lr=log(0.01,1,3) --over angle=[0,30] -o a.csv
trace --figsize 8,6 --view equal
trace --size 800,600 --contours 5 --fontsize 12
trace --size 800 600 --xrange -6 6 --title $$
trace gd adam --labels A,B
"""
ANSWERED = """
adagrad                             ; optviz trace adagrad
adagrad                             ; optviz explain adagrad
Adam --eta 0.1                      ; optviz trace Adam --eta 0.1
adam:lr=0.1                         ; optviz trace adam:lr=0.1
"rms prop"                          ; optviz trace rmsprop
d2l                                 ; optviz trace -f d2l
x^2+y^2                             ; optviz trace -f "x^2+y^2"
cosine                              ; --eta "cosine(
noise                               ; --gradient noise
foo.toml                            ; optviz batch foo.toml
run.jsonl                           ; optviz plot trace run.jsonl
picture.png                         ; optviz recipe picture.png
data.csv                            ; --target COLUMN
@data.csv                           ; optviz trace -f @data.csv
dark                                ; --theme dark
gif                                 ; -o trace.gif
optimizers                          ; optviz list optimizers
--opt adam                          ; optviz trace --opt adam
draw                                ; write trace
contour                             ; write trace
animate                             ; write trace
optimize                            ; write run
minimize                            ; write run
gridsearch                          ; write sweep
analyze                             ; write inspect
convergence                         ; write loss
man                                 ; write explain
init                                ; write new
tracee                              ; did you mean trace?
plto                                ; did you mean plot?
trace d2l                           ; write -f d2l
trace x^2+y^2 adam                  ; write -f "x^2+y^2"
trace adam a.png                    ; write -o a.png
trace -5,-2                         ; write --start -5,-2
trace foo.toml                      ; optviz batch foo.toml
trace @data.csv                     ; write -f @data.csv
trace dark                          ; --theme dark
trace gif                           ; -o trace.gif
trace rates                         ; optviz rates
trace "Adam optimizer"              ; write --opt adam
trace --opt "Adam optimizer"        ; write adam
trace --opt "sgd with momentum"     ; write momentum
trace --opt "rms prop"              ; write rmsprop
trace --opt "heavy ball"            ; write momentum
trace --opt "gradient descent"      ; write gd
trace --opt "ada grad"              ; write adagrad
trace --opt "gradient decent"       ; write gd
trace --opt L-BFGS                  ; write lbfgs
trace --opt newton-raphson          ; write newton
trace --opt adagrd                  ; did you mean adagrad?
trace --opt zzz                     ; optviz list optimizers
trace --opt adam:momentum=0.9       ; write beta1
trace adam --momentum 0.9           ; beta1
trace --eta 0.1 --eta 0.4           ; --opt adagrad:eta=0.1 --opt adagrad:eta=0.4
trace adam --lr 0.1 --lr 0.4        ; --opt adam:eta=0.1 --opt adam:eta=0.4
trace --steps 5 --epochs 6          ; one is wanted
trace -f d2l -f x^2                 ; one is wanted
trace --theme dark --theme light    ; one is wanted
trace --eta auto                    ; optviz inspect
trace --eta cosin(0.1,9)            ; did you mean cosine?
trace --eta                         ; a value is wanted
trace --eta --beta 0.9              ; a value is wanted
trace --start origin                ; as in -5,-2
trace --steps 1.5                   ; a whole number
trace --steps many                  ; a whole number
trace --theme white                 ; write light
trace --theme black                 ; write dark
trace --theme drak                  ; did you mean dark?
trace --size 8x6                    ; 8x6in
trace --size large                  ; 960x720
trace --width 800                   ; --size 960x720
trace --xmin -6                     ; --xlim
trace --noise 0.5                   ; --gradient "noise(0.5)"
trace --sigma 0.5                   ; --gradient "noise(0.5)"
trace --batch-size 10               ; --gradient "minibatch(10)"
trace --gradient gaussian           ; write noise
trace --animate                     ; --output trace.gif
trace --gif                         ; --output trace.gif
trace --movie                       ; --output trace.mp4
trace --dark                        ; --theme dark
trace --no-legend                   ; --legend none
trace --no-title                    ; --heading none
trace --data wine.csv               ; --objective @wine.csv
trace --adam                        ; write --opt adam
trace --nesterov                    ; write --opt nesterov
trace --nu 0.7                      ; write -p nu=0.7
trace --rosenbrok                   ; optviz trace --help
trace --cosine                      ; --eta "cosine(
trace --logy                        ; on a logarithmic axis already
trace --verbose                     ; --quiet
trace -v                            ; --quiet
trace --force                       ; -o FILE replaces
trace --optimzer adam               ; write --opt
trace --iteratons 5                 ; write --steps
trace --learnig-rate 5              ; write --eta
trace --transparent true            ; write --transparent alone
trace -f x^2 + y^2                  ; put it in quotes
trace --opt adam lr=0.1             ; adam:eta=0.1
trace --trans                       ; did you mean --transparent?
trace --etta 3                      ; did you mean --eta?
trace --over eta=[1,2]              ; an option of sweep
trace -Z                            ; optviz trace --help
trace --fps 10                      ; .gif
trace adam gd momentum --label A,B  ; one label for each optimizer
run --lr-scheduler-type cosine      ; --eta "cosine(0.3,60)"
run --sched StepLR                  ; --eta "StepLR(0.3,60)"
run --warmup-epochs 5               ; --eta "cosine(0.3,60,warmup=5)"
run --warmup_ratio 0.03             ; --eta "cosine(0.3,60,warmup=5)"
run --gamma 0.9                     ; --eta "exponential(0.3,0.9)"
run --lr-decay 0.9                  ; -p lr_decay=0.9
run --dim 5                         ; quadratic(kappa=100,dim=5)
run --condition-number 50           ; quadratic(kappa=50,dim=2)
run --Q [[4,1],[1,3]]               ; --objective "[[4,1],[1,3]]"
trace --bounds -5,5                 ; --xlim -5,5
trace --aspect equal                ; --frame equal
loss --logx                         ; --xlog
loss --yscale log                   ; on a logarithmic axis already
trace --3d                          ; --levels
trace --watch                       ; an option of batch, book and plot
run --device cuda                   ; leave it out
run --wandb                         ; -o FILE.csv
trace -o a.jpg                      ; write a.png
trace -o a.jpeg                     ; write a.png
trace -o a.eps                      ; write a.pdf
trace -o a.mov                      ; write a.mp4
trace -o a.xlsx                     ; write a.csv
trace -o a                          ; write a.png
trace -o .png                       ; trace.png
trace -o out/a.png                  ; mkdir -p out
trace -o a.gfi                      ; write a.gif
trace --format jpg                  ; write png
trace --eta 0,1                     ; write 0.1
trace --eta 0.1,0.4                 ; --opt adagrad:eta=0.1 --opt adagrad:eta=0.4
trace --opt adam,lr=0.1             ; adam:eta=0.1
trace --opt "adam eta=0.1"          ; adam:eta=0.1
trace --opt adam=0.1                ; adam:eta=0.1
trace --opt adam@pytorch            ; write torch
trace --opt adam@tensorflow         ; write keras
plot run.jsonl                      ; optviz plot trace run.jsonl
plot path run.jsonl                 ; write trace
explain adma                        ; did you mean adam?
explain "gradient descent"          ; write gd
list functions                      ; write objectives
list schedulers                     ; write schedules
list --steps 3                      ; not of list
sweep --over rotate=[0,30]          ; write angle
sweep --grid lr=[0.1,0.2]           ; --over "lr=[0.1,0.2]"
"""


def lines(block: str) -> list[list[str]]:
    """The lines of a block, the parts of each."""
    return [[p.strip() for p in line.split(" ; ")] for line in block.strip().splitlines()]


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize("line", [line for (line,) in lines(WORKS)])
def test_a_guess_works(line: str, capsys: pytest.CaptureFixture[str]) -> None:
    words = shlex.split(line.replace("(", r"\(").replace(")", r"\)"))
    assert cli.main(words) == 0, capsys.readouterr().err


@pytest.mark.parametrize(("line", "word"), lines(ANSWERED))
def test_a_guess_is_answered_with_the_right_word(
    line: str, word: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(shlex.split(line)) in (1, 2)
    said = capsys.readouterr()
    assert said.out == ""
    assert word in said.err
    assert "--counter" not in said.err


def test_there_are_enough_guesses() -> None:
    assert len(lines(WORKS)) + len(lines(ANSWERED)) >= 180
