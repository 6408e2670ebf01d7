# Shows that the reference tests can fail: bugs are planted in a copy of the engine, and each must be found.
#
#   planted_bugs.py SOURCES CXX [PART OF A NAME...]
#
# The untouched copy must pass first. Then one bug at a time: its file is changed and recompiled, and the tests must
# fail. Prints `name killed|survived` with the first difference that was found; exit status 1 if a bug survives.
import os
import pathlib
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time

from bugs import bugs

copied = ("CMakeLists.txt", "sim", "models", "scenarios", "output", "tools", "tests", "README.md", "LICENSE")
processor_seconds, seconds = 120, 1800  # a bug may make a run endless; a busy machine only makes it slow


def limit_processor_time():
    resource.setrlimit(resource.RLIMIT_CPU, (processor_seconds, processor_seconds))


class Copy:
    """A copy of the sources with a build folder of its own."""

    def __init__(self, sources, folder, compiler):
        self.root, self.build = folder / "sources", folder / "build"
        self.root.mkdir()
        for name in copied:
            copy = shutil.copytree if (sources / name).is_dir() else shutil.copy2
            copy(sources / name, self.root / name)
        self.do("cmake", "-S", self.root, "-B", self.build, "-G", "Ninja", f"-DCMAKE_CXX_COMPILER={compiler}",
                "-DCMAKE_BUILD_TYPE=Release", "-DCMAKE_CXX_FLAGS_RELEASE=-O1", "-DCLIENTELE_CPU_LEVELS=OFF",
                "-DCMAKE_LINK_DEPENDS_NO_SHARED=ON")

    def do(self, *command):
        done = subprocess.run(command, capture_output=True, text=True)
        if done.returncode != 0:
            sys.exit(f"{' '.join(map(str, command))}\n{done.stdout[-4000:]}{done.stderr[-4000:]}")

    def is_program(self, test):
        """Of tests, or a script that calls the command line."""
        return (self.root / "tests" / f"{test}_test.cpp").is_file()

    def compile(self, tests):
        self.do("cmake", "--build", self.build, "--parallel", str(os.cpu_count()), "--target",
                *(f"test_{test.replace('/', '_')}" if self.is_program(test) else "clientele" for test in tests))

    def command(self, test):
        if self.is_program(test):
            return [self.build / "tests" / test, "-a", "-r", "compact"]
        return ["ctest", "--test-dir", self.build, "--no-tests=error", "--output-on-failure", "-R", f"^{test}$"]

    def difference(self, programs):
        """What the first failing program says, or None where all pass."""
        for program in programs:
            try:
                done = subprocess.run(self.command(program), capture_output=True, text=True, timeout=seconds,
                                      preexec_fn=limit_processor_time)
            except subprocess.TimeoutExpired:
                return f"{program}: does not end"
            if done.returncode == 0:
                continue
            found = re.search(r'for: "(.*?)"\s*==', done.stdout) or re.search(r"'(.*?)'", done.stdout)
            return f"{program}: {found[1] if found else f'exit status {done.returncode}'}"
        return None


def checked(bug, root):
    """The file of a bug and its text with the bug; stops where the engine has moved on."""
    path = root / bug.file
    text = path.read_text()
    if text.count(bug.old) != 1:
        sys.exit(f"{bug.name}: {bug.file} has {text.count(bug.old)} times instead of once:\n{bug.old}")
    return path, text.replace(bug.old, bug.new)


def main(sources, compiler, parts):
    chosen = [bug for bug in bugs if not parts or any(part in bug.name for part in parts)]
    for bug in chosen:
        checked(bug, sources)
    survived = 0
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="planted_bugs_") as folder:
        copy = Copy(sources, pathlib.Path(folder), compiler)
        chosen_programs = sorted({test for bug in chosen for test in bug.found_by})
        copy.compile(chosen_programs)
        difference = copy.difference(chosen_programs)
        if difference is not None:
            sys.exit(f"without any bug: {difference}")
        for bug in chosen:
            path, text = checked(bug, copy.root)
            kept = path.read_text()
            path.write_text(text)
            copy.compile(bug.found_by)
            difference = copy.difference(bug.found_by)
            path.write_text(kept)
            survived += difference is None
            print(f"{bug.name:58} {'survived' if difference is None else 'killed    ' + difference}", flush=True)
    print(f"{len(chosen)} bugs, {survived} survived, {time.monotonic() - began:.0f} s")
    return 1 if survived or not chosen else 0


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1]).resolve(), sys.argv[2], sys.argv[3:]))
