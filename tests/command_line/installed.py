# The program is installed where anybody may write, and packed, and both work without the tree that they were built in.
#
# installed.py CMAKE BUILD
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

from expectations import end, expect

cmake, build = sys.argv[1], pathlib.Path(sys.argv[2])


def start(*words, **more):
    return subprocess.run([str(word) for word in words], capture_output=True, text=True, timeout=300, **more)


def works(root, what):
    """Says what it is, runs a study that came with it, and takes its own libraries from beside it."""
    program = root / "bin/clientele"
    told = start(program, "version", "--json")
    expect(told.returncode == 0, f"{what}: the program starts", told)
    facts = json.loads(told.stdout)
    expect(facts["cpu_level"] in facts["cpu_levels"], f"{what}: the level in use is one that was built: {facts}")
    loaded = start(program, "version", env={**os.environ, "LD_DEBUG": "files"}).stderr
    libraries = {word for line in loaded.splitlines() if "calling init" in line for word in line.split()
                 if "libclientele_" in word}
    expect(len(libraries) == 2 and all(str(root) in str(pathlib.Path(name).resolve()) for name in libraries),
           f"{what}: its libraries are its own: {libraries}")
    run = start(program, "run", root / "share/clientele/studies/distributor.toml", "--customers", 60, "--months", 3,
                "--draws", 2, "-q")
    expect(run.returncode == 0 and "data " in run.stdout, f"{what}: a study runs", run)
    return program


def manual(page, program):
    """Every verb is in the manual, and nothing in it is foreign to groff."""
    text = page.read_text()
    for line in start(program, "help").stdout.splitlines():
        if line.startswith("  clientele "):
            expect(f'.SS "clientele {line.split()[1]}' in text, f"the manual has {line.split()[1]}")
    if shutil.which("groff"):
        seen = start("groff", "-man", "-ww", "-Tutf8", page)
        shown = start("groff", "-man", "-Tascii", page).stdout
        expect(seen.returncode == 0 and seen.stderr == "", "groff has nothing to say against the manual", seen)
        expect("--dry-run" in shown and "payment.terms_days=45" in shown, "options come through as they are")


with tempfile.TemporaryDirectory() as name:
    here = pathlib.Path(name).resolve()
    installed = start(cmake, "--install", build, "--prefix", here / "moved")
    expect(installed.returncode == 0, "it is installed without being root", installed)
    (here / "moved").rename(here / "elsewhere")
    program = works(here / "elsewhere", "installed")
    manual(here / "elsewhere/share/man/man1/clientele.1", program)
    completion = here / "elsewhere/share/bash-completion/completions/clientele"
    expect(completion.is_file() and "_clientele" in completion.read_text(), "bash finds how to complete its words")

    cpack = pathlib.Path(cmake).with_name("cpack")
    if shutil.which("dpkg-shlibdeps") and cpack.exists():
        packed = start(cpack, "-G", "DEB", "--config", build / "CPackConfig.cmake", "-B", here / "pack")
        packages = list((here / "pack").glob("clientele_*.deb"))
        expect(packed.returncode == 0 and len(packages) == 1, "a package is made", packed)
        if packages:
            needs = start("dpkg-deb", "-f", packages[0], "Depends").stdout
            for library in ("libhdf5", "libtbb", "libc6"):
                expect(library in needs, f"the package needs {library}: {needs}")
            start("dpkg-deb", "-x", packages[0], here / "unpacked")
            works(here / "unpacked/usr", "packed")
    else:
        print("no package is made: this system has no dpkg-shlibdeps or no cpack")
end()
