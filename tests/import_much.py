#!/usr/bin/env python3
"""import_much.py PROGRAMS: many megabytes of ballots come into the record by another way than a hall's few (docs/formats.md
section 4). Both ways make the same record, entry by entry and file by file, and neither leaves anything beside it."""
import pathlib, sqlite3, subprocess, sys, tempfile

KIEMPHIEU = pathlib.Path(sys.argv[1]).resolve() / "kiemphieu"


def run(*words):
    subprocess.run([str(KIEMPHIEU), *map(str, words)], check=True, stdout=subprocess.DEVNULL)


def import_into(hall, folder):
    """Returns what stood beside the record while it was written."""
    words = [str(KIEMPHIEU), "import", str(hall), str(folder)]
    seen = set()
    with subprocess.Popen(words, stdout=subprocess.DEVNULL) as importing:
        while importing.poll() is None:
            seen |= {file.name.removeprefix(hall.name) for file in hall.parent.glob(hall.name + "-*")}
    assert importing.returncode == 0
    return seen


with tempfile.TemporaryDirectory() as name:
    folder = pathlib.Path(name)
    run("mock", "--seed", 7, "--delegates", 500000, "--names", 30, "--seats", 25, "--bundle-size", 20000, "-o", folder / "m")
    halls = [folder / "straight.kp", folder / "logged.kp"]
    for hall in halls:
        run("open", folder / "m/congress.json", "-o", hall)
    beside = [import_into(halls[0], folder / "m")]
    reader = sqlite3.connect(halls[1])  # one who looks into the record holds it to its log
    reader.execute("BEGIN")
    assert reader.execute("SELECT count(*) FROM entry").fetchone() == (1,)
    beside.append(import_into(halls[1], folder / "m"))
    assert reader.execute("SELECT count(*) FROM entry").fetchone() == (1,)
    reader.close()
    assert "-journal" in beside[0] and "-journal" not in beside[1], beside

    records = [sqlite3.connect(hall) for hall in halls]
    assert [record.execute("PRAGMA journal_mode").fetchone() for record in records] == [("wal",)] * 2
    for table in ("SELECT * FROM entry ORDER BY seq", "SELECT * FROM blob ORDER BY sha256"):
        rows = [record.execute(table).fetchall() for record in records]
        assert rows[0] == rows[1] and len(rows[0]) >= 26, table
    for record in records:
        record.close()
    left = sorted(file.name for file in folder.iterdir())
    assert left == ["logged.kp", "m", "straight.kp"], left
