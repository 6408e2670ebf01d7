# Every file of ours that README.md and CONTRIBUTING.md name is there.
#
# A name is written from the root. Tests may be named as ctest does (models/churn); NAME stands for whatever is new, and
# what others bring along (a study, a cube, a table) is no file of ours.
import re

import sources

documents = ("README.md", "CONTRIBUTING.md")
ours = "|".join(sources.folders)
in_a_folder = re.compile(rf"(?<![\w./@:-])(?:{ours})/[\w./-]*\w")
by_its_kind = re.compile(r"(?<![\w./@:-])[\w-]+\.(?:hpp|cpp|py|cmake|md|sh|txt)\b")


def is_there(root, name):
    return (root / name).exists() or any(
        (root / "tests" / (name + ending)).is_file() for ending in ("_test.cpp", ".py"))


def breaches_of(root, document):
    for number, line in enumerate((root / document).read_text().split("\n"), 1):
        for mention in sorted({*in_a_folder.findall(line), *by_its_kind.findall(line)}):
            if not re.search(r"\bNAME(\b|_)", mention) and not is_there(root, mention):
                yield f"{document}:{number}: {mention} is not there (names are written from the root)"


if __name__ == "__main__":
    root = sources.root_from_arguments()
    present = [document for document in documents if (root / document).is_file()]
    sources.report([breach for document in present for breach in breaches_of(root, document)], "files that are named")
