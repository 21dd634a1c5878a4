"""What every test starts from, however the tests were started."""

import signal

from hypothesis import HealthCheck, settings

# A test is judged by what it finds: on a busy machine any example can take long. What it finds
# depends on the code alone; `pytest --hypothesis-profile search` tries new examples each time.
settings.register_profile(
    "optviz", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile(
    "search", settings.get_profile("optviz"), derandomize=False, max_examples=1000
)
settings.load_profile("optviz")


def pytest_sessionstart() -> None:
    """Takes signals back that were ignored, as those of `nohup` and background jobs are.

    The commands that tests begin would inherit that, and rightly ignore them too.
    """
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(number) == signal.SIG_IGN:
            usual = number == signal.SIGINT
            signal.signal(number, signal.default_int_handler if usual else signal.SIG_DFL)
