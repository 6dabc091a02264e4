"""The end of a proof in which a limit of time was missed. What else the machine does can be to blame, so `Scripts/verify` gives
such a proof a second try; one that found a wrong result gets none."""

import sys

# As verify knows it; sysexits.h has it for failures that may be over soon.
MISSED = 75


def missed(words):
    print(f"FAIL: {words}", file=sys.stderr, flush=True)
    sys.exit(MISSED)
