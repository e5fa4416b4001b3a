#!/usr/bin/env python3
"""import_much.py PROGRAMS [--weigh]: many megabytes of ballots come into the record by another way than a hall's few
(docs/formats.md section 4). Both ways make the same record, entry by entry and file by file, and neither leaves anything
beside it. All of them in one bundle take no more memory (--weigh; a sanitizer has weight of its own), and one bundle is
counted as many are."""
import json, os, pathlib, sqlite3, subprocess, sys, tempfile

KIEMPHIEU = pathlib.Path(sys.argv[1]).resolve() / "kiemphieu"


def run(*words):
    subprocess.run([str(KIEMPHIEU), *map(str, words)], check=True, stdout=subprocess.DEVNULL)


def peak_of_import(hall, folder):
    """Imports, and returns the most memory that it took, in KiB."""
    run("open", folder / "congress.json", "-o", hall)
    program = os.posix_spawn(KIEMPHIEU, [str(KIEMPHIEU), "import", str(hall), str(folder)], os.environ,
                             file_actions=[(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)])
    _, status, used = os.wait4(program, 0)
    assert status == 0
    return used.ru_maxrss


def votes(hall, folder):
    contest = json.loads((folder / "congress.json").read_bytes())["contests"][0]["id"]
    box = json.loads((folder / contest / "box.json").read_bytes())
    run("box", hall, contest, "--issued", box["issued"], "--returned", box["returned"])
    people = [p["name"] for p in json.loads((folder / "congress.json").read_bytes())["board"] if p["role"] != "technician"]
    run("rule", hall, contest, "--confirm-flags", "--by", people[0], "--by", people[1])
    told = subprocess.run([KIEMPHIEU, "result", hall, contest, "--json"], check=True, stdout=subprocess.PIPE).stdout
    return [row["votes"] for row in json.loads(told)["result"]["rows"]]


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
    # First of all: a process is said to have taken at least what the one that started it had taken.
    run("mock", "--seed", 7, "--delegates", 500000, "--names", 30, "--seats", 25, "--bundle-size", 500000, "-o", folder / "one")
    peaks = [peak_of_import(folder / f"{which}.kp", folder / which) for which in ("m", "one")]
    if "--weigh" in sys.argv:
        assert peaks[1] <= 1.2 * peaks[0] and max(peaks) <= 64 * 1024, peaks
    record = sqlite3.connect(folder / "one.kp")
    assert record.execute("SELECT max(length(bytes)) > 16777216 FROM blob").fetchone() == (1,)
    assert record.execute("SELECT count(*) FROM beside").fetchone() == (1,)
    record.close()
    assert votes(folder / "m.kp", folder / "m") == votes(folder / "one.kp", folder / "one")
    for file in folder.glob("*.kp"):
        file.unlink()

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
    for table in ("SELECT * FROM entry ORDER BY seq", "SELECT * FROM blob ORDER BY sha256",
                  "SELECT * FROM beside ORDER BY sha256"):
        rows = [record.execute(table).fetchall() for record in records]
        assert rows[0] == rows[1] and len(rows[0]) >= 25, table
    for record in records:
        record.close()
    left = sorted(file.name for file in folder.iterdir())
    assert left == ["logged.kp", "m", "one", "straight.kp"], left
