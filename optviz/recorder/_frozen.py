"""A state of PyTorch in which a loss can be computed, and which is then as if it had not been."""

import random
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

import numpy as np

from optviz.errors import Unfit


@contextmanager
def frozen() -> Iterator[Callable[[], None]]:
    """Modules that are called in the block behave as in evaluation, and are restored after it.

    That is: no dropout, and BatchNorm by its running statistics. Buffers that a module changes and
    all random states are restored too; compiled modules run without their compilation, which has no
    second derivatives. The block is given a function that restores the random states, so that a
    closure which draws has the same numbers each time. Raises `Unfit` for DistributedDataParallel,
    whose forward pass waits for the other processes.
    """
    import torch

    modules = _Modules()
    states = random.getstate(), np.random.get_state(), torch.get_rng_state()
    has_cuda: Callable[[], bool] = torch.cuda.is_initialized
    cuda = torch.cuda.get_rng_state_all() if has_cuda() else []

    def restore() -> None:
        random.setstate(states[0])
        np.random.set_state(states[1])
        torch.set_rng_state(states[2])
        if cuda:
            torch.cuda.set_rng_state_all(cuda)

    hook = torch.nn.modules.module.register_module_forward_pre_hook(modules.freeze)
    try:
        with ExitStack() as stack:
            if hasattr(torch.compiler, "set_stance"):  # from PyTorch 2.6 on
                stack.enter_context(torch.compiler.set_stance("force_eager"))
            stack.enter_context(torch.enable_grad())
            yield restore
    finally:
        hook.remove()
        modules.restore()
        restore()


class _Modules:
    """The modules that were called, as they were before."""

    def __init__(self) -> None:
        self._modules: dict[int, tuple[Any, bool]] = {}
        self._buffers: list[tuple[Any, str, Any, Any]] = []

    def freeze(self, module: Any, args: Any) -> None:
        """A hook before the forward pass of any module."""
        if id(module) in self._modules:
            return
        if type(module).__name__ == "DistributedDataParallel":
            raise Unfit(
                "curvature: the closure calls a DistributedDataParallel model, which waits for "
                "the other processes; call its .module there"
            )
        self._modules[id(module)] = module, module.training
        for name, buffer in module.named_buffers(recurse=False):
            self._buffers.append((module, name, buffer, buffer.detach().clone()))
        module.training = False

    def restore(self) -> None:
        """Undoes what the calls changed."""
        for module, training in self._modules.values():
            module.training = training
        for module, name, buffer, value in self._buffers:
            buffer.data.copy_(value)
            if getattr(module, name) is not buffer:
                setattr(module, name, buffer)
