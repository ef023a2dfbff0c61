# SPDX-License-Identifier: GPL-2.0
"""How a machine ended: by itself, or because the emulator under it died.

Once in a great while QEMU aborts as stock Linux boots, or loses the timer of a CPU, or Linux panics because
the emulator got too little time. Until the first process of the machine says so, nothing of Cellblock has run in it: such
a machine is switched on again, and its user is told. An end after that is judged, whoever is to blame.
"""

import signal

from boots import judge

BEGUN = "The first process runs."      # printed by guest/init when all CPUs have their timers
ATTEMPTS = 3


def how(code, folder):
    """How QEMU ended, with its last words; "" for a clean power-off. code: as of subprocess."""
    if code == 0:
        return ""
    what = f"QEMU died of {signal.Signals(-code).name}" if code < 0 else f"QEMU ended with code {code}"
    words = judge.read(folder, "qemu").splitlines()[-3:]
    return ": ".join([what, " / ".join(words)]) if words else what


def stillborn(end, folder):
    """Whether the machine ended before anything of Cellblock ran in it, and not for a wrong command line."""
    return BEGUN not in judge.read(folder, "console") and not end.startswith("QEMU ended with code ")


def clear(folder):
    for log in folder.glob("*.log"):
        log.unlink()


def put_aside(folder):
    """Keeps the logs of a stillborn machine under another name."""
    for log in folder.glob("*.log"):
        log.rename(log.with_suffix(".stillborn"))


def attempt(row, folder, run):
    """The end of row's machine; run(row, folder) switches it on and returns how it ended."""
    for left in reversed(range(ATTEMPTS)):
        clear(folder)
        end = run(row, folder)
        if not left or not stillborn(end, folder):
            return end
        print(f"  AGAIN    {row.name}: {end or 'it powered off'}, while stock Linux booted; nothing of Cellblock ran yet",
              flush=True)
        put_aside(folder)
    return end
