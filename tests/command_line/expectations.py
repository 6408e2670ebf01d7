# What the program is expected to do, one thing after the other: a script goes on after a failure, and ends with 1.
import sys

failures = []


def expect(holds, what, seen=None):
    """Prints and notes what does not hold, with all that the program said."""
    if not holds:
        failures.append(what)
        print(f"FAILED: {what}" + (f"\n{seen.returncode}\n{seen.stdout}\n{seen.stderr}" if seen else ""))


def end():
    sys.exit(1 if failures else 0)
