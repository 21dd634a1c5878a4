"""Ends this process at once when its parent ends; the forkserver of a command imports this first.

A forkserver looks for its parent only after it has imported all that it is told to, and holds the
standard output of a killed command until then.
"""

import ctypes
import signal

_PR_SET_PDEATHSIG = 1  # of Linux's prctl(2); it counts from the thread that started this process

ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
