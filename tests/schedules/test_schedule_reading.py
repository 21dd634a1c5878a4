import pytest

from optviz import optimizers, schedules
from optviz.errors import TextError, UnknownName
from optviz.schedules.cosine import Cosine


def refused(text: str) -> tuple[str, str]:
    with pytest.raises(TextError) as caught:
        optimizers.read(text)
    error = caught.value
    return error.text[error.at : error.at + error.length], error.message


@pytest.mark.parametrize(
    ("text", "place", "message"),
    [
        ("gd:eta=[1,2]", "[1,2]", "a rate is a number or a schedule"),
        ("gd:eta=cosine@d2l(1,2)", "cosine@d2l(1,2)", "a rate is a number or a schedule"),
        ("gd:eta=nan", "nan", "nan is not a finite number"),
        ("gd:eta=Inf", "Inf", "Inf is not a finite number"),
        ("gd:eta=-0.1", "-0.1", "0 ≤ eta is wanted"),
        ("gd:eta=cosine(0.3)", "cosine(0.3)", "cosine also needs steps"),
        ("gd:eta=exponential", "exponential", "exponential also needs eta0, gamma"),
        ("gd:eta=exponential(1,2,3)", "3", "exponential takes at most 2 values: eta0, gamma"),
        ("gd:eta=cosine(1,steps=5,steps=6)", "steps", "steps is set twice"),
        ("gd:eta=cosine(1,5,steps=6)", "6", "steps is set twice"),
        ("gd:eta=cosine(1,cosine(1,2))", "cosine(1,2)", "steps is a number"),
        ("gd:eta=step(1,2.5)", "2.5", "a whole number is wanted"),
        ("gd:eta=StepLR(optimizer,30)", "optimizer",
         "the base rate stands here instead, as in StepLR(0.1,…)"),
        ("gd:eta=StepLR(optimizer=opt,step_size=30)", "opt",
         "the base rate stands here instead, as in StepLR(0.1,…)"),
        ("gd:eta=get_constant_schedule(optimizer)", "optimizer",
         "the base rate stands here instead, as in get_constant_schedule(0.1,…)"),
        ("gd:eta=SequentialLR(optimizer,[LinearLR(0.1)],[])", "optimizer",
         "leave it out; the base rate stands in each schedule, as in LinearLR(0.1,…)"),
        ("gd:eta=SequentialLR([LinearLR(optimizer)],[])", "optimizer",
         "the base rate stands here instead, as in LinearLR(0.1,…)"),
        ("gd:eta=cosine_decay_schedule(rate,30)", "rate", "init_value is a number"),
        ("gd:eta=StepLR(1,STEP_SIZE=3,step_size=4)", "4", "step_size is set twice"),
        ("gd:eta=MultiStepLR(1,30)", "30", "milestones is a list of numbers, such as [30,80]"),
        ("gd:eta=MultiStepLR(1,[30,-8])", "-8", "0 ≤ milestones is wanted"),
        ("gd:eta=MultiStepLR(1,(30,8.5))", "8.5", "a whole number is wanted"),
        ("gd:eta=MultiStepLR(1,[[30]])", "[[30]]",
         "milestones is a list of numbers, such as [30,80]"),
        ("gd:eta=CosineAnnealingLR(1,T_max=[30])", "[30]", "T_max is a number"),
        ("gd:eta=CyclicLR(1,2,mode='square')", "square",
         "mode is triangular or triangular2 or exp_range"),
        ("gd:eta=CyclicLR(1,2,step_size_down=no)", "no", "step_size_down is a number or None"),
        ("gd:eta=CyclicLR(1,2,step_size_up=None)", "None", "step_size_up is a number"),
        ("gd:eta=piecewise_constant_schedule(1,{3:-1})", "-1",
         "0 ≤ boundaries_and_scales is wanted"),
        ("gd:eta=piecewise_constant_schedule(1,[3])", "[3]",
         "boundaries_and_scales is a dictionary of numbers, such as {30:0.5,80:0.1} or None"),
        ("gd:eta=piecewise_constant_schedule(1,{3:x})", "{3:x}",
         "boundaries_and_scales is a dictionary of numbers, such as {30:0.5,80:0.1} or None"),
        ("gd:eta=OneCycleLR(1)", "OneCycleLR(1)",
         "total_steps: this or epochs and steps_per_epoch is wanted"),
        ("gd:eta=PiecewiseConstantDecay([3],[1])", "PiecewiseConstantDecay([3],[1])",
         "values: one more than boundaries is wanted"),
        ("gd:eta=PiecewiseConstantDecay([3,3],[1,2,3])", "PiecewiseConstantDecay([3,3],[1,2,3])",
         "boundaries: one or more numbers that grow are wanted"),
        ("gd:eta=warmup_cosine_decay_schedule(0,1,9,9)", "warmup_cosine_decay_schedule(0,1,9,9)",
         "decay_steps: more than warmup_steps is wanted"),
        ("gd:eta=linear_onecycle_schedule(9,1,0.5,0.5)", "linear_onecycle_schedule(9,1,0.5,0.5)",
         "pct_final: a later step than that of pct_start is wanted"),
        ("gd:eta=SequentialLR([],[])", "SequentialLR([],[])",
         "schedulers: a list of one schedule or more is wanted, such as [NAME(…),NAME(…)]"),
        ("gd:eta=SequentialLR(LinearLR(0.1),[])", "LinearLR(0.1)",
         "schedulers is a list such as [NAME(…),NAME(…)]"),
        ("gd:eta=join_schedules([0.1,fast],[4])", "fast",
         "a rate is a number, or a schedule such as cosine(0.3,60)"),
        ("gd:eta=join_schedules([0.1,cosine(0.3)],[4])", "cosine(0.3)", "cosine also needs steps"),
        ("gd:eta=join_schedules([0.1,-1],[4])", "-1", "0 ≤ eta is wanted"),
        ("gd:eta=join_schedules([0.1,0.2],[4.5])", "4.5", "a whole number is wanted"),
        ("gd:eta=join_schedules([0.1,0.2],[4,9])", "join_schedules([0.1,0.2],[4,9])",
         "boundaries: one fewer than schedules is wanted, 1"),
        ("gd:eta=join_schedules([1,2,3],[9,4])", "join_schedules([1,2,3],[9,4])",
         "boundaries: numbers that grow are wanted"),
        ("gd:eta=SequentialLR([LinearLR(1),StepLR(1,3),StepLR(1,3)],[9,9])",
         "SequentialLR([LinearLR(1),StepLR(1,3),StepLR(1,3)],[9,9])",
         "milestones: numbers that grow are wanted"),
        ("gd:eta=SequentialLR([LinearLR(1),StepLR(2,3)],[9])",
         "SequentialLR([LinearLR(1),StepLR(2,3)],[9])",
         "schedulers: they are of one optimizer, so one base rate is wanted, not 1 and 2"),
        ("gd:eta=SequentialLR([LinearLR(1),cosine(1,9)],[9])",
         "SequentialLR([LinearLR(1),cosine(1,9)],[9])",
         "schedulers: schedules of PyTorch or transformers are wanted, and cosine(1,9) is none"),
        ("gd:eta=SequentialLR([SequentialLR([LinearLR(1)],[])],[])",
         "SequentialLR([SequentialLR([LinearLR(1)],[])],[])",
         "schedulers: SequentialLR cannot stand within another: write all schedules in one list"),
        ("gd:eta=ChainedScheduler([LinearLR(1),OneCycleLR(1,total_steps=9)])",
         "ChainedScheduler([LinearLR(1),OneCycleLR(1,total_steps=9)])",
         "schedulers: OneCycleLR cannot stand within another: it sets the lowest and the highest "
         "rate of its optimizer"),
        ("gd:eta=sgdr_schedule([cosine(1,9)])", "sgdr_schedule([cosine(1,9)])",
         "cosine_kwargs: arguments of warmup_cosine_decay_schedule are wanted, in dict(…) or {…}"),
        ("gd:eta=sgdr_schedule([dict(init_value=1)])", "dict(init_value=1)",
         "warmup_cosine_decay_schedule also needs peak_value, warmup_steps, decay_steps"),
        ("gd:eta=get_cosine_with_min_lr_schedule_with_warmup(1,2,3,min_lr=0,min_lr_rate=0)",
         "get_cosine_with_min_lr_schedule_with_warmup(1,2,3,min_lr=0,min_lr_rate=0)",
         "min_lr: this or min_lr_rate is wanted, and one of them alone"),
        ("gd:eta=get_wsd_schedule(1,2,3)", "get_wsd_schedule(1,2,3)",
         "num_training_steps: this or num_stable_steps is wanted"),
        ("gd:eta=get_wsd_schedule(1,2,3,9,decay_type='1-cube')", "1-cube",
         "decay_type is linear or cosine or 1-sqrt"),
        ("gd:eta=get_polynomial_decay_schedule_with_warmup(1,2,3,lr_end=1)",
         "get_polynomial_decay_schedule_with_warmup(1,2,3,lr_end=1)",
         "lr_end: less than lr is wanted"),
    ],
)  # fmt: skip
def test_an_error_of_a_rate_shows_its_place(text: str, place: str, message: str) -> None:
    assert refused(text) == (place, message)


def test_an_unknown_schedule_or_setting_suggests_the_nearest() -> None:
    with pytest.raises(UnknownName, match=r"called 'cosin'; did you mean cosine\?"):
        optimizers.read("gd:eta=cosin(1,2)")
    with pytest.raises(UnknownName, match=r"no setting of cosine .* did you mean warmup\?"):
        optimizers.read("gd:eta=cosine(1,2,warmpu=3)")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("StepL(1,2)", "StepLR"),
        ("SequentalLR([1],[])", "SequentialLR"),
        ("join_schedule([1],[])", "join_schedules"),
    ],
)
def test_an_unknown_schedule_suggests_a_name_as_its_library_writes_it(
    typed: str, meant: str
) -> None:
    with pytest.raises(UnknownName, match=rf"did you mean {meant}"):
        optimizers.read(f"gd:eta={typed}")


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        (
            "LambdaLR(0.1,lr_lambda=f)",
            "LambdaLR has a function of one's own; write that in the step t",
        ),
        ("ReduceLROnPlateau(0.1)", "ReduceLROnPlateau goes by the loss and not by the step"),
        ("get_scheduler(linear,0.1,5,20)", "get_scheduler chooses a schedule by a name"),
        ("wsd(0.1,5,5,20)", "no schedule is called wsd; write get_wsd_schedule"),
        ("LinearWarmup(1)", "write warmup(…)"),
        ("SequentialLr_([1],[])", "write SequentialLR(…)"),
        ("CosineAnnealing(1,2)", "write CosineAnnealingLR(…)"),
        ("JoinSchedules([1],[])", "write join_schedules(…)"),
        ("step_lr(0.1,30)", "write StepLR(…)"),
        ("get_linear_schedule_warmup(1,2)", "write get_linear_schedule_with_warmup(…)"),
        ("cosine_with_restarts(1)", "write get_cosine_with_hard_restarts_schedule_with_warmup"),
    ],
)
def test_a_name_with_a_meaning_is_answered_by_it(typed: str, message: str) -> None:
    place, said = refused(f"gd:eta={typed}")
    assert place == typed.partition("(")[0]
    assert message in said


def test_settings_may_be_named_in_any_order_after_those_that_are_not() -> None:
    assert optimizers.read("gd:eta=Cosine(0.3,warmup=2,steps=9)").schedule == Cosine(0.3, 9, 0, 2)


def test_trailing_usual_settings_are_not_printed() -> None:
    assert str(Cosine(0.3, 60.0)) == "cosine(0.3,60)"
    assert str(Cosine(0.3, 60.0, warmup=5.0)) == "cosine(0.3,60,0,5)"


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("StepLR(0.1,step_size=30,gamma=0.5)", "StepLR(0.1,step_size=30,gamma=0.5)"),
        ("steplr(0.1, 30)", "StepLR(0.1,step_size=30)"),
        ("MultiStepLR(0.1, milestones=(30, 80), gamma=0.1)", "MultiStepLR(0.1,milestones=[30,80])"),
        ("CosineAnnealingLR(0.1,t_max=50)", "CosineAnnealingLR(0.1,T_max=50)"),
        ("CyclicLR(0.1, max_lr=1, mode='triangular2', step_size_down=None)",
         "CyclicLR(0.1,max_lr=1,mode=triangular2)"),
        ("EXPONENTIAL_DECAY(0.1,1,0.9)",
         "exponential_decay(0.1,transition_steps=1,decay_rate=0.9)"),
        ("ExponentialDecay(0.1,1,0.9,staircase=True)",
         "ExponentialDecay(0.1,decay_steps=1,decay_rate=0.9,staircase=true)"),
        ("piecewise_constant_schedule(1, {30: 0.5})",
         "piecewise_constant_schedule(1,boundaries_and_scales={30:0.5})"),
        ("piecewise_constant_schedule(1, None)", "piecewise_constant_schedule(1)"),
        ("SequentialLR([linearlr(0.1, total_iters=3), StepLR(0.1, 4)], milestones=(3,))",
         "SequentialLR([LinearLR(0.1,total_iters=3),StepLR(0.1,step_size=4)],milestones=[3])"),
        ("chainedscheduler(schedulers=(ConstantLR(0.1), ExponentialLR(0.1, 0.9)), optimizer=opt)",
         "ChainedScheduler([ConstantLR(0.1),ExponentialLR(0.1,gamma=0.9)])"),
        ("join_schedules([0.1, cosine(0.3, 60)], [20])",
         "join_schedules([0.1,cosine(0.3,60)],boundaries=[20])"),
        ("sgdr_schedule([{'init_value': 0, 'peak_value': 1, 'warmup_steps': 2, 'decay_steps': 9}])",
         "sgdr_schedule([dict(init_value=0,peak_value=1,warmup_steps=2,decay_steps=9)])"),
        ('get_wsd_schedule(1, 2, 3, 9, decay_type="1-sqrt")',
         "get_wsd_schedule(1,num_warmup_steps=2,num_decay_steps=3,num_training_steps=9,"
         "decay_type='1-sqrt')"),
        ("CosineLRScheduler(0.1, t_initial=9, t_in_epochs=False, noise_std=2)",
         "CosineLRScheduler(0.1,t_initial=9)"),
    ],
)  # fmt: skip
def test_a_library_s_schedule_is_printed_in_its_words_without_its_defaults(
    typed: str, shown: str
) -> None:
    optimizer = optimizers.read(f"nesterov:eta={typed}")
    assert str(optimizer).removesuffix(",beta=0.5") == f"nesterov:eta={shown}"
    assert optimizers.read(str(optimizer)) == optimizer


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("torch.optim.lr_scheduler.StepLR(0.1,step_size=30)", "StepLR(0.1,step_size=30)"),
        ("lr_scheduler.ExponentialLR(0.1,gamma=0.9)", "ExponentialLR(0.1,gamma=0.9)"),
        ("tf.keras.optimizers.schedules.CosineDecay(0.1,100)", "CosineDecay(0.1,decay_steps=100)"),
        (
            "optax.join_schedules([optax.constant_schedule(0.1),optax.linear_schedule(0.1,0,9)],[5])",
            "join_schedules([constant_schedule(0.1),linear_schedule(0.1,0,9)],boundaries=[5])",
        ),
        (
            "transformers.get_constant_schedule_with_warmup(0.1,num_warmup_steps=5)",
            "get_constant_schedule_with_warmup(0.1,num_warmup_steps=5)",
        ),
    ],
)
def test_the_path_of_a_library_is_passed_over(text: str, plain: str) -> None:
    expected = schedules.parse("eta", plain)
    assert schedules.parse("eta", text) == expected
    for optimizer in (f"sgd@torch:lr={text}", f"gd:eta={text}", f"gd(eta={text})"):
        assert optimizers.read(optimizer).schedule == expected


FULL_STOP = "a character that means nothing here (full stop); write the value of a variable"


def test_another_path_and_what_is_computed_are_refused_at_their_place() -> None:
    for text, at, message in [
        ("mine.StepLR(0.1,30)", 4, FULL_STOP),
        ("0.1*0.95", 3, "nothing is computed here; write the value"),
        ("StepLR(0.1/2*3,30)", 12, "nothing is computed here; write the value"),
    ]:
        with pytest.raises(TextError) as caught:
            schedules.parse("eta", text)
        assert (caught.value.at, caught.value.message) == (at, message)


def test_a_function_of_ones_own_is_named_although_it_cannot_be_read() -> None:
    with pytest.raises(TextError, match="LambdaLR has a function of one's own"):
        schedules.parse("schedule", "LambdaLR(optimizer, lr_lambda=lambda e: 0.95**e)")
