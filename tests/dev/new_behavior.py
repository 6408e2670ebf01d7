# A behavior as tools/dev/new_behavior makes it, in a copy of the sources: it builds, its test and the twin's hold, and
# while it is off the program gives the cube of before, but for what it adds.
"""new_behavior.py SOURCES CXX CLIENTELE, the program of the sources as they are"""
import pathlib
import re
import subprocess
import sys
import tempfile

from sources_copy import Copy

targets = ("test_models_sample", "test_reference_models", "test_properties_pinned_hash", "clientele")


def do(*command, **options):
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True, **options)
    if done.returncode != 0:
        sys.exit(f"{' '.join(map(str, command))}\n{done.stdout[-6000:]}{done.stderr[-6000:]}")
    return done.stdout


def cube_of(program, sources, folder, name):
    study = sources / "tests/command_line/three_policies.toml"
    do(program, "run", study, "-o", folder / f"{name}.nc", "--customers", 400, "--months", 18, "--replications", 2)
    return folder / f"{name}.nc"


def differences(before, after):
    """Numbers of the first cube that are not the second's."""
    try:
        import h5py
        import numpy
    except ImportError:
        print("cubes are not compared (packages python3-h5py, python3-numpy)")
        return
    with h5py.File(before) as one, h5py.File(after) as other:
        names = [name for name in one if isinstance(one[name], h5py.Dataset)]
        numbers = [name for name in names if one[name].dtype.kind in "iuf" and one[name].ndim >= 4]
        if len(numbers) < 40:
            yield f"only {len(numbers)} variables are compared"
        for name in numbers:
            if name not in other:
                yield f"{name} is gone"
            elif not numpy.array_equal(one[name][()], other[name][()], equal_nan=one[name].dtype.kind == "f"):
                yield f"{name} differs"
        added = sorted(set(other) - set(one))
        if added != ["sample_cost"]:
            yield f"it adds {added}"
        elif numpy.nansum(other["sample_cost"][()]) != 0:
            yield "it costs while it is off"
        print(f"{len(numbers)} variables compared")


def pinned_number(program):
    """The number of the model with its new metric, which the author is told to put down."""
    said = subprocess.run([program], capture_output=True, text=True).stdout
    return re.search(r'"([0-9a-f]{16})" == "([0-9a-f]{16})"', said)


def main(sources, compiler, program):
    with tempfile.TemporaryDirectory(prefix="new_behavior_") as kept:
        folder = pathlib.Path(kept)
        copy, build = Copy(sources, folder), folder / "build"
        if (done := copy.new_behavior("sample")).returncode != 0:
            sys.exit(done.stderr)
        if breaches := copy.breaches(("includes", "constructs", "lists", "format")):
            sys.exit(breaches)
        do("cmake", "-S", copy.root, "-B", build, "-G", "Ninja", f"-DCMAKE_CXX_COMPILER={compiler}",
           "-DCMAKE_BUILD_TYPE=Release", "-DCMAKE_CXX_FLAGS_RELEASE=-O1", "-DCLIENTELE_CPU_LEVELS=OFF")
        do("cmake", "--build", build, "--parallel", 2, "--target", *targets)
        print(do("ctest", "--test-dir", build, "-R", "^(models/sample|reference/models)$", "--output-on-failure",
                 "--no-tests=error"))
        found = list(differences(cube_of(program, sources, folder, "before"),
                                 cube_of(build / "clientele", sources, folder, "after")))
        number = pinned_number(build / "tests/properties/pinned_hash")
        if not number or number[1] == number[2]:
            found.append("properties/pinned_hash does not print the new number on the left of ==")
        print("\n".join(found) or "off, it changes nothing but what it adds")
        return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1]).resolve(), sys.argv[2], pathlib.Path(sys.argv[3]).resolve()))
