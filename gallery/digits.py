"""Trains a network of LeNet's kind on scikit-learn's digits and records its effective rates.

    python gallery/digits.py

writes gallery/digits-adagrad.jsonl and gallery/digits-adam.jsonl, of which

    optviz plot rates gallery/digits-adagrad.jsonl gallery/digits-adam.jsonl -o gallery/digits.png

draws the picture; tests/test_gallery.py draws it again.

Needs `pip install 'optviz[torch]' scikit-learn`. What is in the gallery was recorded with PyTorch
2.13 and scikit-learn 1.9 on one thread; other versions, or processors, give other last digits.
"""

from pathlib import Path

import torch
from sklearn.datasets import load_digits
from torch import nn

import optviz

HERE = Path(__file__).parent
LAYERS = ["conv1", "conv2", "fc1", "fc2", "fc3"]
EPOCHS, BATCH = 15, 64


class LeNet(nn.Module):
    """LeCun's network of 1998 for images of 8 × 8: two convolutions, three full ones, tanh."""

    def __init__(self) -> None:
        super().__init__()
        self.conv1, self.conv2 = nn.Conv2d(1, 6, 3, padding=1), nn.Conv2d(6, 16, 3, padding=1)
        self.fc1, self.fc2, self.fc3 = nn.Linear(64, 120), nn.Linear(120, 84), nn.Linear(84, 10)
        for layer in self.children():
            nn.init.xavier_uniform_(layer.weight)

    def forward(self, images: torch.Tensor) -> torch.Tensor:
        x = nn.functional.avg_pool2d(torch.tanh(self.conv1(images)), 2)
        x = nn.functional.avg_pool2d(torch.tanh(self.conv2(x)), 2).flatten(1)
        return self.fc3(torch.tanh(self.fc2(torch.tanh(self.fc1(x)))))


def train(kind: type[torch.optim.Optimizer], eta: float) -> float:
    """Trains from the same start on the same batches; the share of right answers on the rest."""
    torch.manual_seed(0)
    images, digits = (torch.as_tensor(part) for part in load_digits(return_X_y=True))
    images = (images / 16).float().reshape(-1, 1, 8, 8)
    order = torch.randperm(len(images))
    seen, held = order[:1500], order[1500:]
    net = LeNet()
    optimizer = kind(net.parameters(), lr=eta)
    log = HERE / f"digits-{kind.__name__.lower()}.jsonl"
    with optviz.record(optimizer, log, every=5, layers=LAYERS, model=net):
        for _ in range(EPOCHS):
            for batch in seen[torch.randperm(len(seen))].split(BATCH):
                optimizer.zero_grad()
                nn.functional.cross_entropy(net(images[batch]), digits[batch]).backward()
                optimizer.step()
    with torch.no_grad():
        return float((net(images[held]).argmax(1) == digits[held]).float().mean())


if __name__ == "__main__":
    torch.set_num_threads(1)
    for kind, eta in ((torch.optim.Adagrad, 0.03), (torch.optim.Adam, 0.003)):
        print(f"{kind.__name__}: {100 * train(kind, eta):.1f} % right")
