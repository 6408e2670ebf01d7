# The folder rule: who may include whom, and which one place may name an outside library.
import sources

may_include = {
    "sim": ("sim",),
    "models": ("sim", "models"),
    "scenarios": ("sim", "scenarios"),
    "output": ("sim", "output"),
    "tools": sources.folders[:-1],
    "tests": sources.folders,
}
# Outside library -> start of the only paths that may name it. Tests look at HDF5 files from outside, so they may too.
only_in = {
    "tbb/": ("sim/parallel/",),
    "oneapi/": ("sim/parallel/",),
    "mpi.h": ("sim/parallel/",),
    "omp.h": (),
    "hdf5": ("output/hdf5/", "tests/"),
    "H5": ("output/hdf5/", "tests/"),
    "libdeflate.h": ("output/hdf5/filters",),
    "toml++/": ("scenarios/",),
    "Random123/": ("tests/",),
    "catch2/": ("tests/support/",),
}


def breaches_of(root, path):
    name = path.relative_to(root).as_posix()
    folder = name.split("/")[0]
    for line, spelled in sources.includes(path.read_text()):
        included = spelled[1:-1]
        where = f"{name}:{line}: "
        if spelled[0] == '"':
            if not (root / included).is_file():
                yield where + f"{spelled} does not resolve (includes are written from the root)"
            elif included.split("/")[0] not in may_include[folder]:
                yield where + f"{folder} may not include {spelled}"
        for start, homes in only_in.items():
            if included.startswith(start) and not name.startswith(homes):
                yield where + f"{spelled} belongs in {' or '.join(homes) or 'no file'}"


def single_readers(root):
    """toml++ costs seconds in every file that includes it: one .cpp does."""
    readers = [p.relative_to(root).as_posix() for p in sources.cpp_files(root)
               if any(i[1].strip('<>"').startswith("toml++/") for i in sources.includes(p.read_text()))]
    if len(readers) > 1 or any(r.endswith(".hpp") for r in readers):
        yield f"toml++ is included by {', '.join(readers)}: one .cpp may"


if __name__ == "__main__":
    root = sources.root_from_arguments()
    found = [b for path in sources.cpp_files(root) for b in breaches_of(root, path)]
    sources.report(found + list(single_readers(root)), "folder rule")
