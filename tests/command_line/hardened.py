# Programs and libraries are built so that a stranger's bytes have little to work with: read in their ELF files.
#
# hardened.py READELF BUILD GUARDED PROGRAM...: GUARDED is 1 where this compiler can guard the stack. Copies that know
# how much there is room for leave no trace here: none of ours has a size that is known only when it runs.
import pathlib
import re
import subprocess
import sys

from expectations import end, expect

readelf, build = sys.argv[1], pathlib.Path(sys.argv[2])
guarded = sys.argv[3] == "1"
programs = [pathlib.Path(word) for word in sys.argv[4:]]
libraries = [*build.glob("lib/libclientele_sim.so"), *build.glob("lib/libclientele_models.so"),
             *build.glob("lib/glibc-hwcaps/*/libclientele_sim.so"),
             *build.glob("lib/glibc-hwcaps/*/libclientele_models.so")]


def told(what, path):
    seen = subprocess.run([readelf, "-W", what, path], capture_output=True, text=True, check=False)
    expect(seen.returncode == 0, f"{path}: it is an ELF file", seen)
    return seen.stdout


def segment(segments, name):
    return next((line for line in segments.splitlines() if line.split()[:1] == [name]), "")


expect(len(libraries) >= 2, f"libraries are there: {libraries}")
for path in [*programs, *libraries]:
    segments, dynamic = told("--segments", path), told("--dynamic", path)
    expect(segment(segments, "GNU_RELRO") != "" and re.search(r"\bNOW\b", dynamic), f"{path.name}: tables of addresses "
           "are read-only before it begins")
    stack = segment(segments, "GNU_STACK")
    expect(stack != "" and "E" not in stack.split()[-2], f"{path.name}: nothing on the stack is executed: {stack}")
for path in programs:
    expect("Position-Independent Executable" in told("--file-header", path) or "PIE" in told("--dynamic", path),
           f"{path.name}: it lies at another address each time")
    expect(not guarded or "__stack_chk_fail" in told("--dyn-syms", path), f"{path.name}: its stack is guarded")
end()
