"""The order in which the libraries' optimizers take arguments without names.

PyTorch's parameters, which come first, are left out; so are Keras's arguments of every class, which
follow its own. `tests/recorded/signatures.json` has the signatures; a test compares them.
"""

from functools import cache

_ORDER = {
    "torch": """
        adadelta lr rho eps weight_decay foreach
        adafactor lr beta2_decay eps d weight_decay
        adagrad lr lr_decay weight_decay initial_accumulator_value eps foreach
        adam lr betas eps weight_decay amsgrad
        adamw lr betas eps weight_decay amsgrad
        adamax lr betas eps weight_decay foreach
        asgd lr lambd alpha t0 weight_decay foreach maximize differentiable capturable
        nadam lr betas eps weight_decay momentum_decay decoupled_weight_decay
        radam lr betas eps weight_decay decoupled_weight_decay
        rmsprop lr alpha eps weight_decay momentum centered capturable foreach maximize
        rprop lr etas step_sizes
        sgd lr momentum dampening weight_decay nesterov
    """,
    "keras": """
        adadelta learning_rate rho epsilon weight_decay
        adafactor learning_rate beta_2_decay epsilon_1 epsilon_2 clip_threshold relative_step
        adagrad learning_rate initial_accumulator_value epsilon weight_decay
        adam learning_rate beta_1 beta_2 epsilon amsgrad weight_decay
        adamw learning_rate weight_decay beta_1 beta_2 epsilon amsgrad
        adamax learning_rate beta_1 beta_2 epsilon weight_decay
        ftrl learning_rate learning_rate_power initial_accumulator_value
        lamb learning_rate beta_1 beta_2 epsilon weight_decay
        lion learning_rate beta_1 beta_2 weight_decay
        nadam learning_rate beta_1 beta_2 epsilon weight_decay
        rmsprop learning_rate rho momentum epsilon centered weight_decay
        sgd learning_rate momentum nesterov weight_decay
    """,
    "optax": """
        adabelief learning_rate b1 b2 eps eps_root
        adadelta learning_rate rho eps weight_decay weight_decay_mask
        adafactor learning_rate min_dim_size_to_factor decay_rate decay_offset
        adagrad learning_rate initial_accumulator_value eps
        adam learning_rate b1 b2 eps eps_root mu_dtype
        adamax learning_rate b1 b2 eps
        adamaxw learning_rate b1 b2 eps weight_decay mask
        adamw learning_rate b1 b2 eps eps_root mu_dtype weight_decay mask
        adan learning_rate b1 b2 b3 eps eps_root weight_decay mask
        amsgrad learning_rate b1 b2 eps eps_root mu_dtype bias_correction_mu bias_correction_nu
        fromage learning_rate min_norm
        lamb learning_rate b1 b2 eps eps_root weight_decay mask
        lars learning_rate weight_decay weight_decay_mask trust_coefficient eps
        lion learning_rate b1 b2 mu_dtype weight_decay mask
        lookahead fast_optimizer sync_period slow_step_size reset_state
        nadam learning_rate b1 b2 eps eps_root mu_dtype
        nadamw learning_rate b1 b2 eps eps_root mu_dtype weight_decay mask
        novograd learning_rate b1 b2 eps eps_root weight_decay
        optimistic_adam_v2 learning_rate
        optimistic_gradient_descent learning_rate alpha beta
        polyak_sgd max_learning_rate scaling f_min eps variant
        radam learning_rate b1 b2 eps eps_root threshold
        rmsprop learning_rate decay eps initial_scale eps_in_sqrt centered momentum nesterov
        sgd learning_rate momentum nesterov accumulator_dtype
        sign_sgd learning_rate
        signum learning_rate beta accumulator_dtype
        sm3 learning_rate momentum
        yogi learning_rate b1 b2 eps
        dadapt_adamw learning_rate betas eps estim_lr0 weight_decay
        prodigy learning_rate betas beta3 eps estim_lr0 estim_lr_coef weight_decay
        schedule_free_sgd learning_rate warmup_steps b1 weight_decay weight_lr_power state_dtype
    """,
}


@cache
def _orders(library: str) -> dict[str, tuple[str, ...]]:
    rows = (line.split() for line in _ORDER.get(library, "").splitlines() if line.strip())
    return {name: tuple(words) for name, *words in rows}


def order(library: str | None, function: str) -> tuple[str, ...]:
    """The words of the arguments of a library's function, in order; () if it has none such."""
    return _orders(library or "").get(function.lower(), ())
