# What leaves the libraries that exist once per CPU level: no inline code that could merge across levels, and no libm.
#
# The loader binds a weak symbol to the first definition it meets, whatever level that was compiled for. So the levels
# export no inline function of ours, and all of them export the same names.
import pathlib
import re
import subprocess
import sys

import check_constructs
import sources

levels = ("", "glibc-hwcaps/x86-64-v3/", "glibc-hwcaps/x86-64-v4/")
of_ours = re.compile(r"_Z\w*N9clientele|_Z\w*K9clientele|_Z\w+9clientele")
tables = ("_ZTV", "_ZTI", "_ZTS")  # of exported classes: data that is equal at all levels
libm = re.compile(rf"({check_constructs.transcendental})[fl]?(@.*)?")


def symbols(path, *options):
    """(kind, name) of each symbol."""
    listing = subprocess.run(["nm", "-P", *options, str(path)], capture_output=True, text=True, check=True).stdout
    return [(line.split()[1], line.split()[0]) for line in listing.splitlines() if len(line.split()) >= 2]


def exported(path):
    return [(kind, name) for kind, name in symbols(path, "-D", "--defined-only") if of_ours.match(name)]


def inline_exports(path):
    return [f"{path}: exports the inline {name}" for kind, name in exported(path)
            if kind in "WVwvu" and not name.startswith(tables)]


def level_differences(libraries):
    names = [{name for _, name in exported(path)} for path in libraries]
    for path, mine in zip(libraries[1:], names[1:]):
        yield from (f"{path}: exports differ from the baseline's: {name}" for name in sorted(mine ^ names[0]))


def libm_calls(build, library):
    """Object files of a library that call libm; closed forms may."""
    for path in sorted(build.glob(f"*/CMakeFiles/clientele_{library}.dir/**/*.o")):
        if "theory" not in path.parts:
            called = (name for _, name in symbols(path, "--undefined-only"))
            yield from (f"{path}: calls {name}" for name in called if libm.fullmatch(name))


if __name__ == "__main__":
    build = pathlib.Path(sys.argv[1])
    found = []
    for library in sys.argv[2:]:
        present = [p for p in (build / "lib" / level / f"libclientele_{library}.so" for level in levels) if p.is_file()]
        if not present or not exported(present[0]):
            found.append(f"{build}/lib: no libclientele_{library}.so that exports anything")
            continue
        for path in present:
            found += inline_exports(path)
        found += level_differences(present)
        found += libm_calls(build, library)
    sources.report(found, "exports")
