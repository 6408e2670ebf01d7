# How much a run is: the dry run against real runs, what does not fit, and progress as it is told.
import os
import pathlib
import pty
import re
import resource
import select
import statistics
import subprocess
import sys
import tempfile
import time

from expectations import end, expect

program, root = sys.argv[1], pathlib.Path(sys.argv[2])
distributor = root / "tests/command_line/three_policies.toml"


def clientele(*words, **options):
    return subprocess.run([program, *map(str, words)], capture_output=True, text=True, timeout=300, **options)


def in_bytes(number, unit):
    return float(number) * {"bytes": 1, "kB": 1e3, "MB": 1e6, "GB": 1e9}[unit]


def peak_of(words):
    """Peak resident memory of a run in bytes, by the system's own count of this one child."""
    child = os.posix_spawn(program, [program, *map(str, words)], os.environ,
                           file_actions=[(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)])
    _, status, usage = os.wait4(child, 0)
    expect(status == 0, f"{words} runs")
    return usage.ru_maxrss * 1024


def free_running(folder):
    """The distributor without the policy whose customers meet."""
    text = distributor.read_text()
    start, end = text.index('[[policy]]\nname         = "ranked"'), text.index("[experiment]")
    study = folder / "free.toml"
    study.write_text(text[:start] + text[end:])
    return study


def usual_peak(words, output, predicted):
    """The first run's, or the median of three where it is far off: now and then the system is late to take a page back.
    The last one's files stay."""
    peaks = [peak_of(words)]
    while len(peaks) < 3 and abs(predicted / peaks[0] - 1) > 0.15:
        clientele("clean", output)
        output.unlink()
        peaks.append(peak_of(words))
    return statistics.median(peaks)


def check_memory(folder):
    shipped = root / "scenarios/studies/distributor.toml"
    for name, study, shapes in (("in step", distributor, ((3000, 60), (100000, 15))),
                                ("free-running", free_running(folder), ((3000, 60), (100000, 15))),
                                ("shipped", shipped, ((1000, 24),))):
        for customers, months in shapes:
            output = folder / "m.nc"
            words = ["run", study, "--customers", customers, "--months", months, "--replications", 4, "--threads", 2,
                     "--quiet", "-o", output, *(["--draws", 10] if study == shipped else [])]
            told = clientele(*words, "--dry-run")
            found = re.search(r"memory ([\d.]+) (\w+) of", told.stdout)
            expect(told.returncode == 0 and found, f"{name}, {customers}: the dry run tells memory", told)
            expect(not output.exists() and not pathlib.Path(f"{output}.run").exists(), "a dry run writes nothing")
            predicted = in_bytes(*found.groups())
            real = usual_peak(words, output, predicted)
            print(f"{name}, {customers} customers: predicted {predicted / 1e6:.1f} MB, peak {real / 1e6:.1f} MB,"
                  f" {100 * (predicted / real - 1):+.1f} %")
            expect(abs(predicted / real - 1) <= 0.15, f"{name}, {customers}: memory within 15 %", told)
            check_files(folder, told, output, f"{name}, {customers}")
            clientele("clean", output)
            output.unlink()


def check_files(folder, told, output, what):
    found = re.search(r"cube about ([\d.]+) (\w+), records about ([\d.]+) (\w+)", told.stdout)
    expect(found, "the dry run tells file sizes", told)
    cube = in_bytes(*found.groups()[:2]) / output.stat().st_size
    segments = sum(p.stat().st_size for p in pathlib.Path(f"{output}.run").glob("seg-*"))
    records = in_bytes(*found.groups()[2:]) / segments
    print(f"{what}: cube predicted {cube:.2f} of real, records {records:.2f}")
    expect(0.75 < cube < 1.33 and 0.75 < records < 1.33, f"{what}: file sizes are about right", told)


def check_refusal(folder):
    """What does not fit is refused at once, before any memory is taken."""
    def limited():
        resource.setrlimit(resource.RLIMIT_AS, (2 << 30, 2 << 30))

    if subprocess.run([program, "version"], capture_output=True, preexec_fn=limited).returncode != 0:
        print("not tested: the program does not start within 2 GiB of addresses (a sanitizer's build?)")
        return
    for limit, words in ((limited, ["--customers", 200000000, "--threads", 2]), (None, ["--customers", 4000000000]),
                         (None, ["--customers", 1000, "--replications", 4000000])):
        start = time.monotonic()
        seen = clientele("run", distributor, *words, preexec_fn=limit)
        took = time.monotonic() - start
        expect(seen.returncode == 69 and "does not hold this study" in seen.stderr and seen.stdout == "",
               f"{words} does not fit", seen)
        expect(took < 1, f"{words} is refused in {took:.2f} s")
        fitting = re.search(r"Would ([\d,]+) (customers|replications) do", seen.stderr)
        expect(fitting, f"{words}: what would fit is said", seen)
        if fitting:
            count = fitting[1].replace(",", "")
            smaller = clientele("run", distributor, *words, "--set",
                                ("population.customers=" if fitting[2] == "customers" else "experiment.replications=")
                                + count, "--dry-run", preexec_fn=limit) if limit else None
            expect(smaller is None or "does not hold" not in smaller.stderr, "what is said to fit fits", smaller)


def check_lines():
    seen = clientele("run", distributor, "--customers", 300, "--replications", 20, "--months", 12)
    lines = [line for line in seen.stderr.splitlines() if " % " in line and "left" in line]
    expect(1 <= len(lines) <= 11, f"at most a line per ten percent: {len(lines)}", seen)
    shape = re.compile(r"^ *\d+ %  [\d.]+( [kM])? customer-months  [\d.]+( [kM])?/s  [\d:]+ left  "
                       r"npv difference (-|±[\d.]+( [kM])? EUR)$")
    expect(all(shape.match(line) for line in lines), "progress has its shape", seen)
    expect(lines and lines[-1].startswith("100 %") and "±" in lines[-1], "the last line says it all", seen)
    expect("\r" not in seen.stderr and "\x1b" not in seen.stderr, "plain lines where there is no terminal", seen)


def told_on_a_terminal(*words):
    master, slave = pty.openpty()
    running = subprocess.Popen([program, "run", *map(str, words)], stdout=subprocess.DEVNULL, stderr=slave,
                               env={**os.environ, "TERM": "xterm"})
    os.close(slave)
    told = b""
    while select.select([master], [], [], 60)[0]:
        try:
            piece = os.read(master, 4096)
        except OSError:  # the other end is closed
            break
        if not piece:
            break
        told += piece
    running.wait(60)
    expect(running.returncode == 0, f"{words} runs on a terminal: {told}")
    return told.decode()


def check_terminal(folder):
    """On a terminal one line is drawn anew, to the end, and what comes behind it begins another."""
    study = pathlib.Path(distributor).read_text() + "\n[sweep.grid]\npopulation.customers = [700, 800]\n"
    (folder / "sweep.toml").write_text(study)
    for words in ([distributor, "--customers", "2000"], [folder / "sweep.toml"]):
        text = told_on_a_terminal(*words, "--replications", "8")
        expect("\r" in text and "\x1b[K" in text and "customer-months" in text and text.count("\n") <= 5,
               f"a terminal sees one line that changes: {text!r}")
        lines = [line for line in text.splitlines() if " left" in line]
        expect(lines and "100 %" in lines[-1] and not any(" customer-months in " in line for line in lines),
               f"which ends before the next: {text!r}")


def check_start():
    """`check` takes less than 25 ms of processor time more than `version`, which only loads the program: how long that
    takes is the machine's, as is the clock on the wall. Its own are 9 ms on an idle machine, 15 on a busy one."""
    seen = clientele("check", distributor)
    expect(re.search(r"memory about [\d.]+ MB without -o, [\d.]+ MB with -o FILE, of [\d.]+ GB; "
                     r"numbers of the cube [\d.]+ MB", seen.stdout),
           "check prints sizes", seen)
    busy = {"version": [], "check": []}
    for _ in range(20):
        for verb, words in (("version", []), ("check", [distributor])):
            before = resource.getrusage(resource.RUSAGE_CHILDREN)
            clientele(verb, *words)
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            busy[verb].append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    loads, checks = (statistics.median(busy[verb]) for verb in ("version", "check"))
    print(f"of the processor, median of 20: version {1000 * loads:.1f} ms, check {1000 * checks:.1f} ms")
    expect(checks - loads < 0.025, "check takes less than 25 ms more than loading the program")


with tempfile.TemporaryDirectory() as name:
    check_lines()
    check_terminal(pathlib.Path(name))
    check_start()
    check_refusal(pathlib.Path(name))
    check_memory(pathlib.Path(name))
end()
