"""Measures a step of an optax optimizer on the device, and its rates on the host."""

from functools import partial
from math import nan
from typing import Any, NamedTuple

import jax
import numpy as np
import optax

from optviz.errors import Unfit
from optviz.recorder import sampling
from optviz.recorder._array_log import ArrayLog, Entry
from optviz.recorder._rules import Leaf, Rule


class Step(NamedTuple):
    """A step: its number, gradients, updates, the parameters before it, the state after it."""

    number: Any
    grads: Any
    updates: Any
    params: Any
    state: Any
    loss: Any


class Steps:
    """Hands sampled steps to a log; without a rule their rates are the ratios −Δp/g."""

    def __init__(self, log: ArrayLog, rule: Rule | None, settings: dict[str, Any]) -> None:
        self.log, self.rule, self.settings = log, rule, settings

    def is_sampled(self, step: Any) -> Any:
        """Whether the step is recorded, as a boolean array that may be traced."""
        if self.log.every is not None:
            return (step == 1) | (step % self.log.every == 0)
        early = jax.numpy.isin(step, jax.numpy.array(sampling.FIRST))
        return (step % sampling.EVERY == 0) | early

    def measure(self, step: Step) -> None:
        """Sends what the lines of a step are made of to the host."""
        leaves = jax.tree.leaves(step.grads)
        buffers = {"grad": step.grads, "update": step.updates}
        if self.rule:
            found = {name: _found(step.state, name) for name in self.rule.buffers}
            buffers = {name: tree for name, tree in found.items() if tree is not None}
        changing = dict(_found(step.state, "hyperparams") or {})  # of optax.inject_hyperparams
        eta = changing.get("learning_rate", self.settings.get("learning_rate"))
        if callable(eta):
            changing["learning_rate"] = eta(step.number - 1)
        numbers = {
            "loss": step.loss,
            "settings": changing,
            "sampled": {name: _sampled(tree) for name, tree in buffers.items()},
            "norms": _norms(step.grads, step.updates, step.params),
        }
        write = partial(self._write, names(step.grads), [leaf.size for leaf in leaves])
        jax.debug.callback(write, step.number, numbers)

    def _write(self, names: list[str], sizes: list[int], step: Any, numbers: Any) -> None:
        """Writes the lines of a step, on the host."""
        settings = self.settings | numbers["settings"]
        entries = []
        for i, (name, size) in enumerate(zip(names, sizes, strict=True)):
            own = {key: np.asarray(each[i], float) for key, each in numbers["sampled"].items()}
            norms = tuple(nan if each is None else float(each[i]) for each in numbers["norms"])
            entries.append(Entry(name, size, *self._rate(Leaf(settings, int(step), own)), norms))
        eta = settings.get("learning_rate")
        written = self.log.write(int(step), None if eta is None else float(eta), entries)
        if written and numbers["loss"] is not None:
            self.log.numbers(int(step), {"loss": numbers["loss"]})

    @np.errstate(all="ignore")
    def _rate(self, leaf: Leaf) -> tuple[Any, Any]:
        """The rates of the sampled entries of an array, and which ever had a gradient."""
        if self.rule is None:
            return -leaf.buffers["update"] / leaf.buffers["grad"], None
        return self.rule.rate(leaf), self.rule.touched(leaf)


def names(tree: Any) -> list[str]:
    """The name of each array in a tree, such as params.Dense_0.kernel. Raises `Unfit`."""
    leaves = jax.tree_util.tree_flatten_with_path(tree)[0]
    if any(jax.numpy.iscomplexobj(leaf) for _, leaf in leaves):
        raise Unfit("complex parameters have no rates that could be drawn; real ones are wanted")
    return [jax.tree_util.keystr(path, simple=True, separator=".") for path, _ in leaves]


def _found(state: Any, name: str) -> Any:
    """The part of a state under a name, None if there is none."""
    return optax.tree_utils.tree_get(state, name)


def _sampled(tree: Any) -> list[Any]:
    """Some entries of each array."""
    leaves = jax.tree.leaves(tree)
    return [leaf.reshape(-1)[sampling.entries(leaf.size)] for leaf in leaves]


def _norms(grads: Any, updates: Any, params: Any) -> list[Any]:
    """The norms of each array's gradient, update, and value after the step; None without values."""
    norms = [[_norm(leaf) for leaf in jax.tree.leaves(tree)] for tree in (grads, updates)]
    if params is None:
        return [*norms, None]
    return [*norms, [_norm(leaf) for leaf in jax.tree.leaves(optax.apply_updates(params, updates))]]


def _norm(leaf: Any) -> Any:
    precise = leaf.astype(jax.numpy.promote_types(leaf.dtype, "float32"))
    return jax.numpy.linalg.norm(precise.reshape(-1))
