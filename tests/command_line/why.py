# Why policies differ: a run that is killed ends in the same cube, causes add up to the whole in every form, and the
# policies that only say why stand in no answer.
import csv
import io
import json
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile
import time

from expectations import end, expect

program, root = sys.argv[1], pathlib.Path(sys.argv[2])
asked = str(root / "tests/command_line/three_policies.toml")
why = ["--set", "experiment.why=true"]


def command(output, *more):
    return [program, "run", asked, "--customers", "400", "--months", "13", "--replications", "24", "-o", str(output),
            *more]


def run(*words):
    return subprocess.run([str(word) for word in words], capture_output=True, text=True, timeout=300)


def compare(*words):
    return run(program, "compare", *words)


def kill_and_resume(here, length):
    """A run that was faster than its killer is begun anew."""
    output = here / "killed.nc"
    for attempt in range(1, 20):
        running = subprocess.Popen(command(output, *why), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(0.6 * length / attempt)
        running.send_signal(signal.SIGKILL)
        if running.wait() == -signal.SIGKILL:
            break
        output.unlink()
        shutil.rmtree(f"{output}.run")
    else:
        expect(False, "a run was killed")
    resumed = run(*command(output, *why, "--threads", "1"))
    expect(output.read_bytes() == (here / "whole.nc").read_bytes(), "a run that was killed ends in the same bytes",
           resumed)


with tempfile.TemporaryDirectory() as name:
    here = pathlib.Path(name)
    start = time.monotonic()
    whole = run(*command(here / "whole.nc", *why))
    length = time.monotonic() - start
    expect(whole.returncode == 0 and ", held" not in whole.stdout and ", at random" not in whole.stdout,
           "an answer is of the study's own policies", whole)
    plain = run(*command(here / "plain.nc"))
    table = lambda text: [line for line in text.splitlines() if line and not line.startswith("data ")]
    expect(table(plain.stdout) == table(whole.stdout), "which are what they are without the others", plain)
    kill_and_resume(here, length)

    refused = compare(here / "plain.nc", "--why")
    expect(refused.returncode == 65 and "experiment.why=true" in refused.stderr, "a cube says how it is asked", refused)
    grown = run(*command(here / "plain.nc", *why))
    expect((here / "plain.nc").read_bytes() == (here / "whole.nc").read_bytes(), "a plain cube is extended", grown)
    gone = run(*command(here / "plain.nc"))
    expect(gone.returncode == 73 and "Did you mean experiment.why = true?" in gone.stderr,
           "a study that does not ask for them does not replace the cube", gone)

    told = compare(here / "whole.nc", "--why")
    words = " ".join(told.stdout.split())
    expect(told.returncode == 0 and "bands changes" in words and "whom it is granted to" in words
           and "add up to the whole in every future" in words and "come from customers that" in words
           and "customers of the policy alone" in words, "compare tells why", told)
    expect(max(map(len, told.stdout.splitlines())) <= 80, "in the columns of a terminal", told)
    rows = list(csv.DictReader(io.StringIO(compare(here / "whole.nc", "--why", "--csv").stdout)))
    expect(rows, "a line for each cause")
    arms = {}
    for row in rows:
        arms.setdefault((row["kpi"], row["scenario"], row["policy"]), {})[row["cause"]] = row
    for causes in arms.values():
        of = {cause: float(row["average"]) for cause, row in causes.items()}
        of_cause = {cause for cause, row in causes.items() if row["split"] == "cause"}
        expect(of_cause == {"treatment", "selection", "moves"}, "a line says what it is a part of")
        expect("both" in of, "the headline adds up over customers")
        for parts in ("treatment", "selection", "moves"), ("both", "own", "lost"):
            expect(abs(sum(of[part] for part in parts) - of["all"]) <= 1e-6 * max(1, abs(of["all"])),
                   f"parts add up: {of}")
    answer = json.loads(compare(here / "whole.nc", "--why", "--json").stdout)
    expect(len(answer["why"]) * 7 == len(rows) and answer["why"][0]["held"] == f"{answer['why'][0]['policy']}, held"
           and answer["why"][0]["all"]["average"]["mean"] == float(rows[3]["average"]), "JSON has the same numbers")
    channels = answer["why"][0]["channels"]
    expect(channels["shared"] == f"{answer['why'][0]['policy']}, shared"
           and channels["both"]["average"]["mean"] == float(rows[4]["average"])
           and "from customers that only" in channels["sentence"], "and says whose customers it comes from")
    ratio = compare(here / "whole.nc", "--why", "--kpi", "retention")
    expect("retention is not split by whose customers it comes from" in " ".join(ratio.stdout.split()),
           "a ratio does not add up over customers", ratio)
    expect(json.loads(compare(here / "whole.nc", "--why", "--kpi", "retention", "--json").stdout)["why"][0]["channels"]
           is None, "nor for programs")
    turned = compare(here / "whole.nc", "--why", "--baseline", "bands")
    expect("is known against the study's own baseline" in " ".join(turned.stdout.split()),
           "cells are put together of the study's own baseline", turned)
    expect(answer["headline"]["of_policies"] == 2, "nobody who only says why is a rival")
    expect(json.loads(compare(here / "whole.nc", "--json").stdout)["why"] is None, "only where it is asked for")
    named = compare(here / "whole.nc", "--policy", "bands, held")
    expect(named.returncode == 0 and "bands, held" in named.stdout, "a policy that is named is shown", named)
    for other in ("--by", "tier"), ("--over-time",), ("--across", "scenarios"):
        expect(compare(here / "whole.nc", "--why", *other).returncode == 64, f"--why does not go with {other}")
    info = run(program, "info", here / "whole.nc")
    words = " ".join(info.stdout.split())
    expect("(says why bands differs: its tiers, by chance," in words, "info tells what they are", info)
    expect("bands, shared (says why bands differs: it counts those customers of it whom" in words, "all of them", info)
    verified = run(program, "verify", here / "whole.nc")
    expect(verified.returncode == 0, "what is put together of two policies has no balance that rolls forward", verified)
    checked = run(program, "check", asked, *why)
    expect("11 policies (8 of them say why others differ, 4 without being simulated, for about 6 % more time)" in
           " ".join(checked.stdout.split()), "check tells what it costs", checked)
    page = run(program, "report", here / "whole.nc", "-o", here / "page.html")
    expect(page.returncode == 0 and 'id="picture-why"' in (here / "page.html").read_text(), "the report has them", page)
end()
