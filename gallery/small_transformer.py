"""Trains a small transformer as people do, and logs its curvature to `edge-transformer.jsonl`.

AdamW with weight decay for matrices alone, gradient clipping, a warm-up and a cosine. The task is
to go on with sequences such as 3 5 7 9, whose step is 1, 2 or 3. Takes two or three minutes; needs
`pip install 'optviz[torch]'`.
"""

import math
from pathlib import Path

import torch
from torch import Tensor, nn

import optviz

SYMBOLS, LENGTH, WIDTH = 20, 16, 32
STEPS, WARM_UP, RATE = 1000, 200, 3e-3


class Transformer(nn.Module):
    """One block of attention between an embedding and a linear layer."""

    def __init__(self) -> None:
        super().__init__()
        self.embedding = nn.Embedding(SYMBOLS, WIDTH)
        self.place = nn.Parameter(0.02 * torch.randn(LENGTH, WIDTH))
        self.block = nn.TransformerEncoderLayer(WIDTH, 4, 64, batch_first=True, norm_first=True)
        self.head = nn.Linear(WIDTH, SYMBOLS)

    def forward(self, x: Tensor) -> Tensor:
        mask = nn.Transformer.generate_square_subsequent_mask(LENGTH)
        y: Tensor = self.block(self.embedding(x) + self.place, src_mask=mask, is_causal=True)
        logits: Tensor = self.head(y)
        return logits


def sequences(count: int) -> Tensor:
    """Random ones (count, LENGTH + 1)."""
    first, step = torch.randint(0, SYMBOLS, (count, 1)), torch.randint(1, 4, (count, 1))
    return (first + step * torch.arange(LENGTH + 1)) % SYMBOLS


def loss_of(net: Transformer, x: Tensor) -> Tensor:
    """The mean cross-entropy of each next symbol."""
    return nn.functional.cross_entropy(net(x[:, :-1]).flatten(0, 1), x[:, 1:].flatten())


def course(step: int) -> float:
    """The factor on the rate: up to 1 within the warm-up, then down to a tenth as a cosine."""
    if step < WARM_UP:
        return (step + 1) / WARM_UP
    return 0.55 + 0.45 * math.cos(math.pi * (step - WARM_UP) / (STEPS - WARM_UP))


def train(log: Path) -> float:
    """Trains, and writes the log; the last loss."""
    torch.manual_seed(0)
    net, fixed = Transformer(), sequences(64)
    matrices = [p for p in net.parameters() if p.ndim > 1]
    others = [p for p in net.parameters() if p.ndim == 1]
    groups = [{"params": matrices, "weight_decay": 0.1}, {"params": others, "weight_decay": 0.0}]
    optimizer = torch.optim.AdamW(groups, lr=RATE)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, course)
    with optviz.record(
        optimizer, log, every=20, curvature=lambda: loss_of(net, fixed)
    ) as recording:
        for step in range(STEPS):
            optimizer.zero_grad()
            loss = loss_of(net, sequences(32))
            loss.backward()
            nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            if step % 20 == 19:
                recording.log(loss=loss)
    return loss.item()


if __name__ == "__main__":
    print(train(Path(__file__).with_name("edge-transformer.jsonl")))
