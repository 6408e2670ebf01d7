# Runs the real program and looks at what people see: exit statuses, located mistakes, files whole or absent.
import fcntl
import json
import os
import pathlib
import re
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time

from expectations import end, expect

program, root = sys.argv[1], pathlib.Path(sys.argv[2])
asked = str(root / "tests/command_line/three_policies.toml")
small = ["--customers", "300", "--replications", "2", "--months", "18", "--quiet"]


def clientele(*words):
    return subprocess.run([program, *words], capture_output=True, text=True, timeout=120)


def expect_status(status, text, *words):
    seen = clientele(*words)
    told = seen.stdout + seen.stderr
    expect(seen.returncode == status and text in told, f"{words} gives {status} and {text!r}", seen)
    return seen


def usage():
    expect_status(0, "clientele run STUDY", "help")
    expect_status(0, "clientele ", "version")
    expect_status(64, "what to do is missing")
    expect_status(64, "Did you mean run?", "rum")
    expect_status(64, "STUDY is missing", "run")
    expect_status(64, "Did you mean --replications?", "run", asked, "--replication", "3")
    expect_status(64, "is not a whole number", "run", asked, "--seed", "-1")
    expect_status(64, "is outside [1, 4294967295]", "run", asked, "--customers", "0")
    expect_status(64, "needs a value", "run", asked, "-o")
    expect_status(64, "has no value", "run", asked, "--set", "payment.terms_days")
    expect_status(64, "-o needs a file name (./--quiet for a file of that name)", "run", asked, "-o", "--quiet")
    expect_status(64, "-o needs a file name", "run", asked, "-o", "-5")
    expect_status(64, "--set needs a value behind it", "check", asked, "--set", "--quiet")
    expect(not pathlib.Path("--quiet").exists(), "no file is called --quiet")
    expect_status(74, "cannot read the study", "check", "/nowhere/study.toml")


def version():
    """What a program is, for programs; a CPU that hides its features is given the level that it runs."""
    facts = json.loads(expect_status(0, "", "version", "--json").stdout)
    expect(facts["model_version"] == clientele("version").stdout.split()[-1], f"both forms say the same: {facts}")
    for key, form in (("compiler", r"\w+ \d+\.\d+"), ("hdf5", r"1\.\d+\.\d+"), ("version", r"\d+\.\d+\.\d+")):
        expect(re.match(form, facts[key]), f"{key} is known: {facts}")
    expect("-ffp-contract=off" in facts["arithmetic"], f"the flags that bits rest on are told: {facts}")
    if len(facts["cpu_levels"]) > 1:
        hidden = {**os.environ, "GLIBC_TUNABLES": "glibc.cpu.hwcaps=-AVX2,-AVX512F"}
        seen = subprocess.run([program, "version", "--json"], capture_output=True, text=True, timeout=120, env=hidden)
        expect(json.loads(seen.stdout)["cpu_level"] == "x86-64", "without vectors the baseline is in use", seen)
    else:
        expect(facts["cpu_level"] == facts["cpu_levels"][0], f"the one level is in use: {facts}")
    expect_status(64, "Did you mean --json?", "version", "--jsn")
    expect_status(64, "version takes nothing behind it", "version", "now")


def help_of_verbs():
    for verb in ("run", "check", "compare", "info", "init", "explain", "schema", "doctor", "sensitivity", "diff",
                 "merge", "status", "clean", "version", "help"):
        page = expect_status(0, f"clientele {verb}", "help", verb)
        for text in ("Exit statuses: 0", f"Example: clientele {verb}"):
            expect(text in page.stdout, f"help {verb} has {text!r}", page)
        for words in ((verb, "--help"), (verb, "-h"), ("--help", verb), (verb, "nowhere", "--help")):
            expect(clientele(*words).stdout == page.stdout, f"{words} is help {verb}")
    for option in ("--set", "--output", "--force", "--dry-run", "--threads"):
        expect(option in clientele("run", "--help").stdout, f"help run has {option}")
    expect_status(64, "Did you mean help run?", "help", "rum")
    expect_status(64, "help takes one verb", "help", "run", "check")


def said_twice():
    """The same twice is once; two values are a question that names both, whichever options say them."""
    for one, other in ((("--seed", "3"), ("--seed", "4")), (("--seed", "4"), ("--set", "seed=3")),
                       (("--customers", "5"), ("--set", "population.customers=7")),
                       (("--set", "payment.terms_days=45"), ("--set", "payment.terms_days=60"))):
        expect_status(64, f"{' '.join(one)} and {' '.join(other)} do not go together. Which one?", "check", asked,
                      *one, *other)
    expect_status(0, "ok:", "check", asked, "--seed", "3", "--seed", "3", "--set", "seed=3")


def shipped_studies():
    shipped = str(root / "scenarios/studies/distributor.toml")
    seen = expect_status(0, "ok: 3 scenarios x 5 policies x 100 draws", "check", shipped)
    expect(seen.stderr == "", "the distributor study has no warning", seen)
    answer = expect_status(0, "customer_equity", "run", shipped, "--customers", "60", "--months", "13", "--quiet")
    expect("disruption" in answer.stdout and "npv" in answer.stdout, "the distributor study answers", answer)
    expect_status(65, "--set payment.terms_dais=4: payment.terms_dais is not part of a study. "
                  "Did you mean payment.terms_days?",
                  "check", asked, "--set", "payment.terms_dais=4")
    seen = expect_status(0, "books: about ", "check", asked, "--set", "churn.notice=silent")
    more = re.search(r"books: about (\d+) % more on them at month 0 than are active", seen.stdout)
    expect(more and 5 <= int(more[1]) <= 40, "how many more are on the books than are active", seen.stdout)
    seen = expect_status(0, "counted beside the metrics: 3 histograms, each in 2 months", "check", asked, "--set",
                         "count.histograms=[0, 5]")
    expect("books:" not in seen.stdout, "books that hold who is active are no news", seen)
    expect_status(0, "ok:", "check", asked, "--set", "policy.ranked.tier.A.share=0.1",
                  "--set", "scenario.recession.shock.demand.times=0.8")


def doctor():
    """What is sound gives 0, what is not 1 and is named; a study that cannot be read is nobody's patient."""
    shipped = str(root / "scenarios/studies/distributor.toml")
    well = expect_status(0, "\nwell: ", "doctor", shipped)
    expect("100 %" in well.stderr and "customer-months in" in well.stderr, "doctor tells its progress", well)
    for text in ("levers in use: what each costs and what it buys shows", "that scenarios move: each changes something",
                 "today under another name is the same in every number", "rolls forward, in every cell",
                 "No tier of bands and ranked changes", "Moved in all tiers: "):
        expect(text in " ".join(well.stdout.split()), f"doctor says {text!r}", well)
    expect(max(map(len, well.stdout.splitlines())) <= 80, "a diagnosis has 80 columns", well)
    free = clientele("doctor", shipped, "--quiet", "--json", "--set", "service.expedite_cost=0", "--threads", "1")
    told = json.loads(free.stdout)
    expect(free.returncode == 1 and free.stderr == "" and not told["well"], "a lever without a cost is found", free)
    expect(told["faults"] == ["service.expedite (of bands) is one-sided: it shows nothing of what it costs: "
                              "expedite_cost must rise (change 0, z 0)."], "one fault, by name", free)
    idle = expect_status(1, "\nwrong: ", "doctor", shipped, "--quiet", "--set", "service.late_chance=0")
    expect("Wrong: Driver late_deliveries is dead: x 4 from month 0 on" in idle.stdout, "a dead driver is named", idle)
    expect("levers in use: 3 of them cost and buy what they say" in idle.stdout, "the others are well", idle)
    expect_status(65, "Did you mean payment.terms_days?", "doctor", asked, "--set", "payment.terms_dais=4")
    expect_status(64, "STUDY is missing", "doctor")
    expect_status(64, "Did you mean --json?", "doctor", asked, "--jsn")
    expect_status(64, "Did you mean doctor?", "doktor", asked)
    expect_status(74, "cannot read the study", "doctor", "/nowhere/study.toml")


def five_mistakes(folder):
    """Each mistake is told with its line and column, all at once."""
    study = folder / "wrong.toml"
    study.write_text("""[population]
customers = -5
[chrun]
base_hazard = 0.1
[churn]
base_hazard = 1.5
[[scenario]]
name = "bad"
shock = [ { driver = "demnad", times = 0.9 } ]
[[policy]]
name = "today"
segmentation = "everyon"
""")
    seen = clientele("run", str(study), "-o", str(folder / "wrong.nc"))
    expect(seen.returncode == 65, "five mistakes give 65", seen)
    for place in (":2:13: ", ":3:2: ", ":6:15: ", ":9:22: ", ":12:16: "):
        expect(f"wrong.toml{place}" in seen.stderr, f"a mistake is told at {place}", seen)
    for text in ("Did you mean [churn]?", 'Did you mean "demand"?', 'Did you mean "everyone"?', "^",
                 "5 mistakes."):
        expect(text in seen.stderr, f"mistakes say {text}", seen)
    expect(seen.stdout == "" and not (folder / "wrong.nc").exists(), "nothing was run", seen)


def comparisons(folder):
    study = folder / "compared.toml"
    study.write_text("""[population]
customers = 100
[[policy]]
name = "points"
tier = [ { name = "A", from = 70 }, { name = "B" } ]
[policy.segmentation]
rule = "scorecard"
compare.payment_over_volume = 3
compare.payment_over_profit = 5
compare.volume_over_profit = 3
""")
    expect_status(0, 'weights of policy "points" by comparison: payment 0.637, volume 0.258, prospects 0, profit '
                  "0.105; consistency ratio 0.033 (0.1 at most)", "check", str(study))
    study.write_text(study.read_text().replace("volume_over_profit = 3", "volume_over_profit = 0.2"))
    expect_status(65, "segmentation.compare contradicts itself", "check", str(study))


def files(folder):
    one, two = folder / "one.nc", folder / "two.nc"
    seen = clientele("run", asked, *small, "--threads", "1", "-o", str(one))
    expect(seen.returncode == 0 and seen.stderr == "", "a quiet run says nothing on stderr", seen)
    for word in ("baseline", "recession", "today", "bands", "ranked", "npv", "data ", "intervals of 95 %, each"):
        expect(word in seen.stdout, f"the answer has {word}", seen)
    again = clientele("run", asked, *small, "--threads", "2", "--block-size", "64", "-o", str(two))
    expect(again.stdout == seen.stdout and one.read_bytes() == two.read_bytes(),
           "one thread and two give the same answer and the same bytes", again)
    other = clientele("run", asked, *small, "--seed", "2")
    expect(other.returncode == 0 and other.stdout != seen.stdout, "another seed gives other numbers", other)

    before = one.read_bytes()
    start = time.monotonic()
    expect_status(73, "other settings", "run", asked, "--replications", "4000", "-o", str(one))
    expect(time.monotonic() - start < 5, "an output of another study is refused before anything is simulated")
    expect_status(73, "replications that the study no longer asks for", "run", asked, *small[:2],
                  "--replications", "1", *small[4:], "-o", str(one))
    expect_status(73, "other settings", "run", asked, "--replications", "4000", "-o", str(one), "--dry-run")
    edited = folder / "edited.toml"
    edited.write_text(pathlib.Path(asked).read_text().replace("120_000", "110_000"))
    expect_status(73, "its policy \"bands\" differs from the study's", "run", str(edited), *small, "-o", str(one))
    edited.unlink()
    loud = [word for word in small if word != "--quiet"]
    seen = expect_status(0, "about", "run", asked, *loud, "-o", str(one), "--dry-run")
    expect("is there already and complete" in seen.stderr, "a dry run says that nothing is left to do", seen)
    expect(one.read_bytes() == before, "a file that may not be replaced stays as it is")
    expect(clientele("run", asked, *small, "--force", "--seed", "2", "-o", str(one)).returncode == 0, "--force")
    expect(one.read_bytes() != before, "--force replaces the file")
    expect_status(74, "", "run", asked, *small, "-o", str(folder / "nowhere" / "a.nc"))


def standard_input(folder):
    """A study of another program: its paths are relative to where it runs."""
    text = pathlib.Path(asked).read_text()
    for name in ("-", "/dev/stdin"):
        seen = subprocess.run([program, "check", name], input=text, capture_output=True, text=True, timeout=60)
        expect(seen.returncode == 0 and "ok: 2 scenarios x 3 policies" in seen.stdout, f"{name} is checked", seen)
    seen = subprocess.run([program, "run", "-", *small], input=text, capture_output=True, text=True, timeout=60)
    expect(seen.stdout == clientele("run", asked, *small).stdout, "a study on standard input runs", seen)
    seen = subprocess.run([program, "check", "-"], input="seed = x", capture_output=True, text=True, timeout=60)
    expect(seen.returncode == 65 and "standard input:1:" in seen.stderr, "its mistakes have lines", seen)


def inputs_stay(folder):
    """No run writes over what it reads, under whatever name; --force replaces cubes and nothing else."""
    here = folder / "inputs"
    here.mkdir()
    study, table = here / "real.toml", here / "customers.csv"
    study.write_text((root / "scenarios/studies/real-customers.toml").read_text())
    table.write_text("id,group,orders_per_month,order_value\n" + "".join(f"{i},home,1,100\n" for i in range(50)))
    (here / "hard.nc").hardlink_to(study)
    (here / "soft.toml").symlink_to(study)
    before = study.read_text(), table.read_text()
    for force in ((), ("--force",), ("--force", "--dry-run"), ("--dry-run",)):
        for read, written in ((study, study), (study, here / "hard.nc"), (here / "soft.toml", study), (study, table)):
            expect_status(73, "that this run reads", "run", str(read), "-o", str(written), *small[2:], *force)
    seen = subprocess.run([program, "run", "real.toml", "-o", "../inputs/customers.csv", "--force"], cwd=here,
                          capture_output=True, text=True, timeout=120)
    expect(seen.returncode == 73 and "the table of customers that this run reads" in seen.stderr,
           "a relative name", seen)
    expect((study.read_text(), table.read_text()) == before, "inputs stay as they are")
    table.write_text(before[1].replace("_month,", "_mont,"))
    for words in (("check", str(study)), ("run", str(study), "--quiet")):
        seen = expect_status(65, 'column "orders_per_mont" that nobody reads', *words)
        expect("Did you mean orders_per_month?" in seen.stderr, "a column with a slip is refused", seen)

    other = here / "notes.txt"
    other.write_text("not a cube")
    for words in (("--force",), ("--force", "--dry-run")):
        expect_status(73, "--force replaces cubes", "run", asked, *small, "-o", str(other), *words)
    seen = expect_status(73, "another program? Choose another name?", "run", asked, *small, "-o", str(other))
    expect("--force" not in seen.stderr, "nobody is sent to a --force that would be refused", seen)
    expect(other.read_text() == "not a cube", "a file that is no cube stays")
    other.write_text("")
    expect_status(0, "data ", "run", asked, *small, "-o", str(other), "--force")
    cube = bytearray(other.read_bytes())
    cube[1000] ^= 1
    other.write_bytes(cube)
    expect_status(73, "or add --force?", "run", asked, *small, "-o", str(other))
    expect_status(0, "data ", "run", asked, *small, "-o", str(other), "--force")
    shutil.rmtree(here)


def records(folder):
    """A run goes on from its records; an edited study simulates its new cells only; clean removes the records."""
    output, whole = folder / "grown.nc", folder / "whole.nc"
    size = ["--customers", "300", "--months", "18", "--threads", "2", "-o", str(output)]
    first = expect_status(0, "customer-months in", "run", asked, *size, "--replications", "2")
    again = expect_status(0, "nothing was simulated", "run", asked, *size, "--replications", "2")
    expect(again.stdout == first.stdout, "a run of what is there tells the same answer", again)
    grown = expect_status(0, "12 of 24 cells come from the records", "run", asked, *size, "--replications", "4")
    expect("going to be replaced by the whole" in grown.stderr, "the smaller cube gives way", grown)
    expect(clientele("run", asked, *size[:-1], str(whole), "--replications", "4").stdout == grown.stdout and
           whole.read_bytes() == output.read_bytes(), "a grown cube has the bytes of one that was made at once", grown)

    study = folder / "more.toml"
    study.write_text(pathlib.Path(asked).read_text().replace("[experiment]", """[[policy]]
name = "strict"
segmentation = "everyone"
tier = [ { name = "all", terms_days = 14 } ]
[experiment]"""))
    more = clientele("run", str(study), *size, "--replications", "4")
    expect(more.returncode == 0 and "24 of 32 cells come from the records" in more.stderr,
           "one more policy simulates its own cells only", more)
    output.unlink()
    rebuilt = clientele("run", asked, *size, "--replications", "4")
    expect("24 of 24 cells come from the records" in rebuilt.stderr and output.read_bytes() == whole.read_bytes(),
           "a cube that was lost is made from the records", rebuilt)

    stale_records(output)
    expect_status(0, "would remove the records in " + str(output) + ".run: 3 files", "clean", str(output), "--dry-run")
    expect_status(0, "removed the records in " + str(output) + ".run: 3 files", "clean", str(output))
    expect_status(0, "has no records", "clean", str(output))
    expect_status(74, "Is the name right?", "clean", str(folder / "nothing.nc"))
    expect_status(64, "FILE is missing", "clean")
    expect(output.exists() and not (folder / "grown.nc.run").exists(), "clean leaves the cube")
    again = expect_status(0, "nothing was simulated", "run", asked, *size, "--replications", "4")
    expect(again.stdout == grown.stdout, "a cube needs no records to tell its answer", again)
    clientele("clean", str(whole))


def stale_records(output):
    """Of other models nothing can be used: clean --stale removes what they made, and nothing else."""
    run = pathlib.Path(f"{output}.run")
    mine = sorted(run.glob("seg-*"))
    expect_status(0, "has no records of other models; 3 files", "clean", "--stale", str(output))
    gone = run / ("seg-" + 32 * "0")
    gone.write_bytes(mine[0].read_bytes())
    told = "the records of other models in " + str(run) + ": 1 file, "
    expect_status(0, "would remove " + told, "clean", "--stale", "--dry-run", str(output))
    expect(gone.exists(), "a dry run removes nothing")
    seen = expect_status(0, "removed " + told, "clean", "--stale", str(output))
    expect("; 3 files, " in seen.stdout and " stay." in seen.stdout, "clean --stale says what stays", seen)
    expect(sorted(run.glob("seg-*")) == mine, "clean --stale removes what another model made, and nothing else")


def held(folder):
    """Who holds a cube open is told so: a writer keeps others from reading it, a reader keeps what it has."""
    cube = folder / "held.nc"
    clientele("run", asked, *small, "-o", str(cube))
    with open(cube, "rb+") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        expect_status(69, "is open for writing in another program", "compare", str(cube))
        expect_status(69, "is open for writing in another program", "info", str(cube))
        fcntl.flock(other, fcntl.LOCK_SH)
        expect_status(0, "headline", "info", str(cube))
        more = ["--customers", "300", "--replications", "3", "--months", "18"]
        expect_status(0, "has the old cube until it opens the new", "run", asked, *more, "-o", str(cube))
    clientele("clean", str(cube))


def out_of_range(folder):
    """A number that cannot be counted is the study's mistake: nothing says that the run would go on."""
    cube = folder / "range.nc"
    expect_status(65, "", "run", asked, *small, "--set", "money_quantum=1e-7", "-o", str(cube))
    seen = clientele("compare", str(cube))
    expect(seen.returncode == 74 and "there is no such file" in seen.stderr, "a failed run leaves no trace", seen)
    (folder / "left.nc.run").mkdir()
    seen = expect_status(74, "was stopped, or found a mistake", "compare", str(folder / "left.nc"))
    expect("is not finished" not in seen.stderr, "a run that is over is not called unfinished", seen)


def threads():
    """As many threads as the process may be scheduled on, and the run says so."""
    def on_one():
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})

    words = [program, "run", asked, "--customers", "64", "--replications", "1", "--months", "2"]
    seen = subprocess.run(words, capture_output=True, text=True, timeout=120, preexec_fn=on_one)
    expect(seen.returncode == 0 and re.search(r"/s, 1 thread\)", seen.stderr), "one processor is one thread", seen)
    seen = subprocess.run(words + ["--threads", "3"], capture_output=True, text=True, timeout=120)
    expect(seen.returncode == 0 and "/s, 3 threads)" in seen.stderr, "threads that are asked for are told", seen)


def start_long_run(output):
    """A run of minutes that has just written records of its own."""
    def size():
        return sum(p.stat().st_size for p in pathlib.Path(f"{output}.run").glob("seg-*"))

    before = size()
    running = subprocess.Popen([program, "run", asked, "--customers", "2000", "--replications", "4000",
                                "-o", str(output)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    for _ in range(1000):
        if size() > before:
            return running
        time.sleep(0.02)
    expect(False, "a run writes records while it simulates")
    return running


def stop(folder):
    """Each of the three signals ends a run within seconds, with 75 and something to go on from."""
    output = folder / "stopped.nc"
    safe = 0
    for how in (signal.SIGINT, signal.SIGTERM, signal.SIGUSR1):
        running = start_long_run(output)
        locked = clientele("run", asked, "--customers", "2000", "--replications", "4000", "-o", str(output))
        expect(locked.returncode == 69 and f"process {running.pid}" in locked.stderr, "a second run waits", locked)
        expect(clientele("clean", str(output)).returncode == 69, "records in use are not removed")
        start = time.monotonic()
        running.send_signal(how)
        _, told = running.communicate(timeout=60)
        found = re.search(r"stopped early. ([\d,]+) of 24,000 cells are safe in", told)
        expect(running.returncode == 75 and found, f"{how} gives 75: {running.returncode} {told}")
        expect(time.monotonic() - start < 10, f"{how} ends a run within seconds")
        now = int(found[1].replace(",", "")) if found else 0
        expect(now > safe, f"every stopped run adds to what is safe: {now} after {safe}")
        safe = now
        expect(not output.exists(), "a stopped run leaves no file")
    start = time.monotonic()
    seen = clientele("run", asked, "--customers", "2000", "--replications", "4000", "-o", str(output),
                     "--max-time", "5s")
    took = time.monotonic() - start
    found = re.search(r"stopped early. ([\d,]+) of 24,000 cells are safe in", seen.stderr)
    expect(seen.returncode == 75 and found and int(found[1].replace(",", "")) > safe and
           "the time of --max-time is nearly over" in seen.stderr, "--max-time stops as a signal does", seen)
    expect(4 < took < 10, f"and when it is nearly over: {took:.1f} s")
    for value, more, text in (("90", ["-o", str(output)], "is no duration"), ("5s", [], "goes with -o FILE")):
        seen = clientele("run", asked, "--max-time", value, *more)
        expect(seen.returncode == 64 and text in seen.stderr, f"--max-time {value} is refused", seen)
    removed = clientele("clean", str(output))
    expect(removed.returncode == 0 and "was not made yet" in removed.stdout, "clean says what is lost", removed)
    seen = subprocess.Popen([program, "run", asked, "--replications", "4000", "--quiet"], stderr=subprocess.PIPE,
                            text=True)
    time.sleep(0.5)
    seen.send_signal(signal.SIGINT)
    _, told = seen.communicate(timeout=60)
    expect(seen.returncode == 75 and "nothing was kept" in told, f"without -o nothing is kept: {told}")


def customers(folder):
    """A file of customers: ids never leave it, and its mistakes have lines."""
    study = folder / "real.toml"
    study.write_text((root / "scenarios/studies/real-customers.toml").read_text())
    table = folder / "customers.csv"
    rows = [f"canary-{i},{'home' if i % 3 else 'export'},{0.5 + i % 5},{100 + i}" for i in range(200)]
    table.write_text("id,group,orders_per_month,order_value\n" + "\n".join(rows) + "\n")
    seen = clientele("run", str(study), "--replications", "2", "-o", str(folder / "real.nc"))
    expect(seen.returncode == 0, "a study of real customers runs", seen)
    if seen.returncode == 0:
        expect(b"canary" not in (folder / "real.nc").read_bytes(), "no id is in the cube")
        for words in (["check", str(study)], ["compare", str(folder / "real.nc")],
                      ["compare", str(folder / "real.nc"), "--json"], ["info", str(folder / "real.nc")],
                      ["info", str(study)]):
            told = clientele(*words)
            expect(told.returncode == 0 and "not fitted" in told.stdout and "customers.csv" in told.stdout,
                   f"{words[0]} says that the table is not fitted", told)
    rows[1], rows[2] = 'canary-0,home,1,"1,5"', "canary-2,homme,-1,5"
    table.write_text("id,group,orders_per_month,order_value\n" + "\n".join(rows) + "\n")
    seen = clientele("check", str(study))
    for text in ("customers.csv:3: ", "same id as line 2", "Did you mean 1.5?", "customers.csv:4: ",
                 'Did you mean "home"?', "is outside [0, 10000]", "4 mistakes"):
        expect(text in seen.stderr, f"mistakes of customers say {text}", seen)
    expect(seen.returncode == 65 and "canary" not in seen.stdout + seen.stderr, "no id is printed", seen)


def as_nobody():
    """Root may write everywhere, so that it has to become somebody else to be refused."""
    os.setgroups([])
    os.setgid(65534)
    os.setuid(65534)


def permission(folder):
    """What may not be written gives 77, before anything is simulated."""
    closed = folder / "closed"
    closed.mkdir(mode=0o555)
    change = {"preexec_fn": as_nobody} if os.geteuid() == 0 else {}
    folder.chmod(0o755)
    if change and subprocess.run(["/bin/cat", program, asked], capture_output=True, **change).returncode != 0:
        print("not tested: nobody may not read the program here, so that no run can be refused permission")
    else:
        seen = subprocess.run([program, "run", asked, *small, "-o", str(closed / "a.nc")], capture_output=True,
                              text=True, timeout=120, **change)
        expect(seen.returncode == 77 and "closed" in seen.stderr and seen.stdout == "", "no permission gives 77", seen)
        expect(list(closed.iterdir()) == [], "a refused run leaves nothing")
    closed.rmdir()


def memory():
    """A population that memory does not hold gives 69. Sanitizers map memory in terabytes and cannot be limited."""
    limit = 2 << 30

    def limited():
        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))

    probe = subprocess.run([program, "version"], capture_output=True, preexec_fn=limited)
    if probe.returncode != 0:
        print("not tested: the program does not start within 2 GiB of addresses (a sanitizer's build?)")
        return
    seen = subprocess.run([program, "run", asked, "--customers", "200000000", "--months", "12", "--replications",
                           "1", "--threads", "2", "--quiet"], capture_output=True, text=True, timeout=300,
                          preexec_fn=limited)
    expect(seen.returncode == 69 and "the limit on addresses (ulimit -v, RLIMIT_AS) does not hold this study" in
           seen.stderr, "a limit on addresses gives 69 and its name", seen)


def pipes(folder):
    """Nothing waits for a pipe that nobody writes to."""
    pipe = folder / "pipe.toml"
    os.mkfifo(pipe)
    expect_status(74, "it is no plain file", "check", str(pipe))
    expect_status(74, "it is a folder", "check", str(folder))
    pipe.unlink()


with tempfile.TemporaryDirectory() as name:
    here = pathlib.Path(name)
    usage()
    version()
    help_of_verbs()
    said_twice()
    shipped_studies()
    doctor()
    five_mistakes(here)
    comparisons(here)
    files(here)
    standard_input(here)
    inputs_stay(here)
    records(here)
    stop(here)
    customers(here)
    permission(here)
    memory()
    threads()
    held(here)
    out_of_range(here)
    pipes(here)
    left = sorted(p.name for p in here.iterdir())
    expect(left == ["compared.toml", "customers.csv", "grown.nc", "held.nc", "left.nc.run", "more.toml", "one.nc",
                    "one.nc.run", "real.nc", "real.nc.run", "real.toml", "two.nc", "two.nc.run", "whole.nc",
                    "wrong.toml"],
           f"left behind: {left}")
    expect(not os.path.exists("core"), "no core")
end()
