#!/usr/bin/env python3
# What it would save to simulate once the customers whose levers and tiers are the same under several policies.
"""cost_follows_difference.py [--clientele PROGRAM] [--customers N] [--rounds R]

Customers whom a policy does not touch have the life of the baseline's arm by construction (a roll-out's test shows it),
and are still simulated once for each policy. This measures what a runner could save that simulated them once: for P
policies that each touch a part f of N customers, the time of today (P arms of N customers) against that of one arm of N
customers and P arms of f x N, where the policies touch the same customers (their luck is shared, as arms share it
today) and where each touches others (their luck is made anew). Times are processor seconds of one thread, less those of
a run of hardly any customers; interleaved, the median of the rounds. Prints a table; nothing is written.
"""
import argparse
import pathlib
import re
import resource
import statistics
import subprocess
import tempfile

root = pathlib.Path(__file__).resolve().parents[2]


def study(text, policies):
    """The shipped distributor with one scenario and so many policies beside each other that band customers."""
    head = text[:text.index("[[scenario]]")]
    head = re.sub(r"(?ms)^\[uncertain\].*?(?=^\[|\Z)", "", head)
    bands = re.search(r"(?ms)^\[\[policy\]\]\nname\s*=\s*\"bands\".*?(?=^\[\[policy\]\])", text)[0]
    bands = re.sub(r"(?m)^rollout.*\n", "", bands)
    parts = [head, '[[scenario]]\nname = "usual"\n']
    parts += [bands.replace('"bands"', f'"p{number}"') for number in range(policies)]
    return "".join(parts) + '[experiment]\nbaseline = "p0"\nreplications = 2\n'


class Timer:
    def __init__(self, program, folder, text):
        self.program, self.folder, self.text = program, folder, text

    def seconds(self, policies, customers):
        path = self.folder / f"{policies}.toml"
        path.write_text(study(self.text, policies))
        before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
        done = subprocess.run([self.program, "run", path, "--customers", str(customers), "--threads", "1", "--quiet"],
                              capture_output=True, text=True)
        if done.returncode != 0:
            raise SystemExit(done.stderr)
        return resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--clientele", default=root / "build/clientele")
    parser.add_argument("--customers", type=int, default=20000)
    parser.add_argument("--rounds", type=int, default=5)
    said = parser.parse_args()
    text = (root / "scenarios/studies/distributor.toml").read_text()
    print("policies  touched   today s   same customers   others   (times faster than today)")
    with tempfile.TemporaryDirectory() as folder:
        timer = Timer(said.clientele, pathlib.Path(folder), text)
        for policies in (8, 64):
            rounds = {}
            for _ in range(said.rounds):
                idle = {arms: timer.seconds(arms, 10) for arms in (1, policies)}
                today = timer.seconds(policies, said.customers) - idle[policies]
                once = timer.seconds(1, said.customers) - idle[1]
                for part in (0.01, 0.05, 0.5, 1.0):
                    few = max(10, round(part * said.customers))
                    same = once + timer.seconds(policies, few) - idle[policies]
                    others = once + policies * (timer.seconds(1, few) - idle[1])
                    rounds.setdefault(part, []).append((today, today / same, today / others))
            for part, measured in rounds.items():
                today, same, others = (statistics.median(column) for column in zip(*measured))
                print(f"{policies:8} {100 * part:7.0f} % {today:9.2f} {same:16.2f} {others:8.2f}", flush=True)


if __name__ == "__main__":
    main()
