# The folder rule: who may include whom, what of a folder others see, and which one place may name an outside library.
import pathlib

import sources

may_include = {
    "sim": ("sim",),
    "models": ("sim", "models"),
    "scenarios": ("sim", "scenarios"),
    "output": ("sim", "output"),
    "tools": sources.folders[:-1],
    "tests": sources.folders,
}
# What others see of a folder: the headers of its root, and of these rooms. Tests see everything.
public_rooms = {
    "sim/core/": "numbers, errors and text that every folder has in common",
    "sim/random/": "laws, addresses and distributions, which models draw by",
    "sim/state/": "columns, effects and lists that behaviors are written with, and the bins of histograms",
    "sim/parallel/": "teams of threads, for whoever has more work than a thread",
    "models/theory/": "closed forms, which say beforehand what a study comes to",
    "models/fit/": "parameters from a firm's own books, which programs write into studies",
    "models/conditioning/": "what is drawn of customers whose history is known",
    "models/loyalty/": "what a program of points comes to for a member",
    "scenarios/books/": "what a firm's exports say, which a fit and a program begin with",
    "output/files/": "files that are there whole or not at all, for whatever a program writes",
    "output/records/": "what a run keeps, which a program goes on from",
    "output/cube/": "the file that is handed on: written by one program, read by another",
    "output/statistics/": "how sure a number is, also of one that is told while it is simulated",
    "output/comparison/": "the answer, which programs put into words",
}
# The engine from the ground up: each layer includes itself and what stands before it.
layers_of_sim = (
    ("sim/core/",),
    ("sim/sample", "sim/curve", "sim/dated", "sim/schema", "sim/metrics", "sim/study", "sim/cells", "sim/shares",
     "sim/catalogue", "sim/sink", "sim/roll_out", "sim/goes_on", "sim/watch", "sim/why", "sim/gains",
     "sim/class_names", "sim/channels"),
    ("sim/random/",),
    ("sim/draws",),
    ("sim/state/",),
    ("sim/signal", "sim/firm_month", "sim/behavior", "sim/segmentation", "sim/lots", "sim/exact_cuts",
     "sim/percentile_ranks", "sim/around_rule", "sim/held_tiers", "sim/kept_tiers", "sim/classes"),
    ("sim/parallel/",),
    ("sim/run",),
    ("sim/engine/",),
    ("sim/plan", "sim/pilots", "sim/same_money",
     "sim/worth_of_customers"),
)
# Outside library -> start of the only paths that may name it. Tests look at HDF5 files from outside, so they may too.
only_in = {
    "tbb/": ("sim/parallel/",),
    "oneapi/": ("sim/parallel/",),
    "mpi.h": ("sim/parallel/",),
    "omp.h": (),
    "hdf5": ("output/hdf5/", "tests/"),
    "H5": ("output/hdf5/", "tests/"),
    "libdeflate.h": ("output/hdf5/filters",),
    "zlib.h": ("scenarios/books/text_source", "tests/scenarios/books_test"),
    "iconv.h": ("scenarios/books/text_source", "tests/scenarios/books_test"),
    "xlsxwriter": ("tools/clientele/report/workbook",),
    "nlopt": ("models/fit/",),
    "toml++/": ("scenarios/",),
    "Random123/": ("tests/",),
    "catch2/": ("tests/support/",),
}


def is_inside(included):
    """Whether a header is one of its folder's insides."""
    return included.count("/") > 1 and not included.startswith(tuple(public_rooms))


def layer_of(name):
    """The place of a file of sim in its order; one that the order does not name stands nowhere."""
    stem = name.rsplit(".", 1)[0]
    for place, layer in enumerate(layers_of_sim):
        if any(stem.startswith(part) if part.endswith("/") else stem == part for part in layer):
            return place
    return -1


def unplaced(root):
    """A file of sim that the order of layers does not name would be held to nothing."""
    for path in sources.cpp_files(root, ("sim",)):
        name = path.relative_to(root).as_posix()
        if layer_of(name) < 0:
            yield f"{name}: has no place in layers_of_sim ({pathlib.Path(__file__).name})"


def cycles(root):
    """Headers that reach themselves, each with the way back."""
    graph = {path.relative_to(root).as_posix(): [i[1:-1] for _, i in sources.includes(path.read_text()) if i[0] == '"']
             for path in sources.cpp_files(root)}
    done = set()

    def visit(name, way):
        if name in way:
            yield f"{name}: reaches itself ({' > '.join(way[way.index(name):] + [name])})"
        elif name not in done:
            for included in graph.get(name, ()):
                yield from visit(included, way + [name])
            done.add(name)

    for name in graph:
        yield from visit(name, [])


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
            elif is_inside(included) and folder not in (included.split("/")[0], "tests"):
                yield where + f"{spelled} is in a room of {included.split('/')[0]} that is not public"
            elif folder == included.split("/")[0] == "sim" and layer_of(included) > layer_of(name):
                yield where + f"{name} stands below {spelled}"
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
    sources.report(found + list(single_readers(root)) + list(unplaced(root)) + list(cycles(root)), "folder rule")
