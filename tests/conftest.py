"""What every test starts from, however the tests were started."""

import signal


def pytest_sessionstart() -> None:
    """Takes signals back that were ignored, as those of `nohup` and background jobs are.

    The commands that tests begin would inherit that, and rightly ignore them too.
    """
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(number) == signal.SIG_IGN:
            usual = number == signal.SIGINT
            signal.signal(number, signal.default_int_handler if usual else signal.SIG_DFL)
