# Every source file stands in a CMakeLists.txt, and every test file has its line: nothing is left out silently.
import re

import sources


def words_of(path):
    """The words of a CMake file, without its comments."""
    return set(re.findall(r"[\w./+-]+", re.sub(r"#[^\n]*", "", path.read_text()))) if path.is_file() else set()


def is_listed(root, path):
    """Whether a CMakeLists.txt at or above the file names it, relative to where that list lies."""
    above = path.parent
    while root in (above, *above.parents):
        if path.relative_to(above).as_posix() in words_of(above / "CMakeLists.txt"):
            return True
        above = above.parent
    return False


def breaches(root):
    tests = words_of(root / "tests" / "CMakeLists.txt")
    for path in sources.cpp_files(root):
        name = path.relative_to(root).as_posix()
        if name.startswith("tests/") and name.endswith("_test.cpp"):
            if name[len("tests/"):-len("_test.cpp")] not in tests:
                yield f"{name}: no clientele_test line in tests/CMakeLists.txt"
        elif path.suffix == ".cpp" and not name.startswith("tests/support/main") and not is_listed(root, path):
            yield f"{name}: in no CMakeLists.txt"


if __name__ == "__main__":
    sources.report(list(breaches(sources.root_from_arguments())), "every source is built")
