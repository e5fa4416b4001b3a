#!/usr/bin/env python3
"""Whole processes against a yardstick, side by side: pairs.py PROGRAMS SCRATCH [--tiny]

Each row runs ours and the other in turn, warm, seven times (--tiny: once, on a small election, only to see that
everything runs), and prints the median seconds of both, the median of the ratios and, in brackets, that of the
processor times, which is steadier on a machine that others use too. The other is what every
machine has: openssl dgst of the same bytes, sqlite3, dd oflag=dsync, true; DuckDB when SCRATCH/duck has its
package. Prints the table of docs/benchmarks.md.
"""
import json
import os
import pathlib
import resource
import shutil
import statistics
import subprocess
import sys
import time

PROGRAMS = pathlib.Path(sys.argv[1]).resolve()
SCRATCH = pathlib.Path(sys.argv[2]).resolve()
TINY = "--tiny" in sys.argv
PAIRS = 1 if TINY else 7
OURS = PROGRAMS / "kiemphieu"

# name: ballots, names, seats, ballots a bundle
ELECTIONS = {
    "A": (348, 65, 55, 50),
    "B": (1600, 230, 200, 50),
    "C": (1_000_000, 30, 25, 10_000),
    "D": (10_000_000, 30, 25, 10_000),
    "D, 10,000 bundles": (10_000_000, 30, 25, 1_000),
    "C, one bundle": (1_000_000, 30, 25, 1_000_000),
}
if TINY:
    ELECTIONS = {name: (300 if name[0] < "C" else 2000, *rest[1:3], 100) for name, rest in ELECTIONS.items()}


def run(words, **more):
    subprocess.run([str(word) for word in words], check=True, stdout=subprocess.DEVNULL, **more)


def processor_seconds():
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def timed(work):
    """Seconds and processor seconds of a function, or of a program and its arguments."""
    start, used = time.perf_counter(), processor_seconds()
    work() if callable(work) else run(work)
    return time.perf_counter() - start, processor_seconds() - used


def peak_memory(words):
    """KiB. A process is said to have held at least what the one that started it did: so a small one starts it."""
    starter = """
import os, sys
quiet = [(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)]
_, status, used = os.wait4(os.posix_spawn(sys.argv[1], sys.argv[1:], os.environ, file_actions=quiet), 0)
print(used.ru_maxrss)
sys.exit(status != 0)
"""
    return int(subprocess.run([sys.executable, "-I", "-S", "-c", starter, *map(str, words)], check=True,
                              stdout=subprocess.PIPE).stdout)


def pair(name, ours, other, must, aim, before=lambda: None):
    before(), timed(ours), timed(other)  # warm
    left, right = [], []
    for _ in range(PAIRS):
        before()
        left.append(timed(ours))
        right.append(timed(other))
    seconds, processor = (statistics.median(a[i] / max(b[i], 1e-6) for a, b in zip(left, right)) for i in (0, 1))
    medians = [statistics.median(one[0] for one in side) for side in (left, right)]
    row(name, f"{medians[0]:.4g} s ÷ {medians[1]:.4g} s", f"{seconds:.3g} ({processor:.3g})", must, aim)
    return medians[0]


def row(name, what, ratio, must, aim):
    print(f"| {name} | {what} | {ratio} | {must} | {aim} |", flush=True)


class Election:
    """A practice election on the disk, made once, and kept for the next run."""

    def __init__(self, name):
        ballots, names, seats, size = ELECTIONS[name]
        self.rows, self.seats = names, seats
        self.folder = SCRATCH / "-".join(str(n) for n in (ballots, names, seats, size))
        if not self.folder.exists():
            run([OURS, "mock", "--seed", 1, "--delegates", ballots, "--names", names, "--seats", seats,
                 "--bundle-size", size, "-o", self.folder])
        self.manifest = next(self.folder.glob("*/manifest.json"))
        self.contest = json.loads(self.manifest.read_bytes())["contest"]
        self.files = sorted(self.manifest.parent.glob("*.csv"))
        self.hall = self.folder / "HALL.kp"

    def open(self):
        for left in self.folder.glob("HALL.kp*"):
            left.unlink()
        run([OURS, "open", self.folder / "congress.json", "-o", self.hall])

    def taking_in(self):
        return [OURS, "import", self.hall, self.manifest]

    def open_the_gate(self):
        box = json.loads((self.manifest.parent / "box.json").read_bytes())
        run([OURS, "box", self.hall, self.contest, "--issued", box["issued"], "--returned", box["returned"]])
        one, other = self.two_of_the_board()
        run([OURS, "rule", self.hall, self.contest, "--confirm-flags", "--by", one, "--by", other])

    def two_of_the_board(self):
        board = json.loads((self.folder / "congress.json").read_bytes())["board"]
        return [member["name"] for member in board if member["role"] != "technician"][:2]

    def counting_from_record(self):
        return [OURS, "result", self.hall, self.contest]

    def dossier(self):
        folder = self.folder / "dossier"
        if not folder.exists():
            self.open()
            run(self.taking_in())
            self.open_the_gate()
            run(self.counting_from_record())
            run([OURS, "export", self.hall, "-o", folder, "--unsigned"])
        return folder

    def dossiers_apart_and_signed(self):
        """Two without minutes, from before and after two of the board signed, and the authority behind them."""
        keys, plain, signed = (self.folder / name for name in ("keys", "plain", "signed"))
        for left in (keys, plain, signed):
            shutil.rmtree(left, ignore_errors=True)
        keys.mkdir()
        new = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-utf8"]
        authority, its_key = keys / "ca.pem", keys / "ca.key"
        quiet = {"stderr": subprocess.DEVNULL}
        run(["openssl", "req", "-x509", *new, "-keyout", its_key, "-out", authority, "-subj", "/CN=CA"], **quiet)
        self.open()
        run(self.taking_in())
        self.open_the_gate()
        run([*self.counting_from_record(), "-o", keys])
        run([OURS, "export", self.hall, "-o", plain, "--unsigned", "--without-minutes"])
        for name in self.two_of_the_board():
            key, asked, certificate = keys / "one.key", keys / "one.csr", keys / "one.pem"
            run(["openssl", "req", "-new", *new, "-keyout", key, "-out", asked, "-subj", f"/CN={name}"], **quiet)
            run(["openssl", "x509", "-req", "-in", asked, "-CA", authority, "-CAkey", its_key, "-CAcreateserial",
                 "-out", certificate], **quiet)
            result = keys / f"{self.contest}.json"
            run([OURS, "sign", result, "--cert", certificate, "--key", key, "--record", self.hall])
        run([OURS, "export", self.hall, "-o", signed, "--without-minutes"])
        return plain, signed, authority

    def hashing(self, times=1):
        return ["openssl", "dgst", "-sha256", *self.files * times]

    def counting(self, threads, times=1):
        return [PROGRAMS / "count-bundles", threads, "strike", self.rows, self.seats, *self.files * times]

    def in_sqlite(self, times=1):
        """The same votes by sqlite3: import as text, then one sum a row."""
        script = ["CREATE TABLE b(ballot, marks, flags);", ".mode csv"]
        script += [f".import --skip 1 {file} b" for file in self.files * times]
        chosen = f"{self.rows} - length(replace(marks, 'a', '')) BETWEEN 1 AND {self.seats}"
        sums = ", ".join(f"sum(substr(marks, {i + 1}, 1) = 'a')" for i in range(self.rows))
        script.append(f"SELECT count(*), {sums} FROM b WHERE flags = '' AND {chosen};")
        text = "\n".join(script).encode()
        return lambda: run(["sqlite3", ":memory:"], input=text)


def append_pairs():
    """Entries of 400 bytes, each durable before the next: ours, and dd of the same pieces."""
    count = 3 if TINY else 200
    hall = SCRATCH / "append.kp"

    def fresh():
        for left in SCRATCH.glob("append.kp*"):
            left.unlink()

    pieces = ["dd", "if=/dev/zero", f"of={SCRATCH / 'append.dd'}", "bs=400", f"count={count}", "oflag=dsync",
              "status=none"]
    appending = [PROGRAMS / "append-entries", hall, count, 400]
    pair("P6 durable append, record and file opened once ÷ dd oflag=dsync", appending, pieces, "≤ 1.8", "1.2", fresh)
    pair("P6 the same, the record opened for each, as commands do", [*appending, "--open-each"], pieces, "", "", fresh)


def row_per_ballot(c):
    """C in a record, and in a database with one row a ballot, durably. Like the record, it takes no ballot of a bundle
    twice; what it would be without the key for that is told, too."""
    database = SCRATCH / "rows.db"

    def rows(key=", PRIMARY KEY(bundle, ballot)"):
        script = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;\n"
        script += f"CREATE TABLE b(ballot INTEGER, marks, flags, bundle, digest, at{key});\n"
        script += "CREATE TEMP TABLE t(ballot, marks, flags);\n.mode csv\nBEGIN;\n"
        for file in c.files:
            script += f".import --skip 1 {file} t\nINSERT INTO b SELECT ballot, marks, flags, '{file.stem[:-2]}', "
            script += "hex(randomblob(32)), '2026-11-25T19:00:00Z' FROM t;\nDELETE FROM t;\n"
        for left in SCRATCH.glob("rows.db*"):
            left.unlink()
        run(["sqlite3", database], input=(script + "COMMIT;\n").encode())

    def bytes_beside_ours(name, must):
        theirs, ours = database.stat().st_size, c.hall.stat().st_size
        row(f"P6 C: {name} ÷ ours, bytes", f"{theirs} ÷ {ours}", f"{theirs / ours:.3g}", must, "")

    pair("P6 C: a row per ballot ÷ ours, time", rows, c.taking_in(), "≥ 10", "", c.open)
    bytes_beside_ours("a row per ballot", "≥ 3.5")
    rows(key="")
    bytes_beside_ours("a row per ballot, without a key", "")


def result_pair(d):
    """The result of D from its record, which is made ready once and copied for each run."""
    d.open()
    run(d.taking_in())
    d.open_the_gate()
    ready = SCRATCH / "ready.kp"
    shutil.move(d.hall, ready)

    def fresh():
        for left in d.folder.glob("HALL.kp*"):
            left.unlink()
        shutil.copy(ready, d.hall)
        os.sync()

    pair("D: `result` from the record ÷ openssl dgst", d.counting_from_record(), d.hashing(), "", "", fresh)
    ready.unlink()


def memory_pairs(elections):
    peaks = {name: [] for name in elections}
    for _ in range(PAIRS):
        for name, election in elections.items():
            election.open()
            peaks[name].append(peak_memory(election.taking_in()))
    for name, must in (("D", "≤ 1.2, ≤ 64 MiB"), ("C, one bundle", "")):
        ratio = statistics.median(ours / c for ours, c in zip(peaks[name], peaks["C"]))
        ours, c = (statistics.median(peaks[which]) / 1024 for which in (name, "C"))
        row(f"P8 peak memory of `import`, {name} ÷ C", f"{ours:.1f} MiB ÷ {c:.1f} MiB", f"{ratio:.3g}", must, "1.0")


def forget_in_memory(program):
    """Has a program read from the disk again, as after a start of the machine: what the linker wrote lies in memory in
    small pieces, each of which costs a page fault."""
    file = os.open(program, os.O_RDONLY)
    os.fsync(file)
    os.posix_fadvise(file, 0, 0, os.POSIX_FADV_DONTNEED)
    os.close(file)


TURNS = 1 if TINY else 20


def many(words):
    """Starts a program so many times, one after another."""
    words = [shutil.which(words[0]), *map(str, words[1:])]
    quiet = [(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)]

    def start():
        for _ in range(TURNS):
            if os.waitpid(os.posix_spawn(words[0], words, os.environ, file_actions=quiet), 0)[1] != 0:
                sys.exit(f"failed: {' '.join(words)}")
    return start


def share_of_signatures(a, whole):
    """Two signers cost so little that it is seen on a small dossier only; told as a part of P5's seconds."""
    plain, signed, authority = a.dossiers_apart_and_signed()
    verifier = [PROGRAMS / "kiemphieu-verify", "--without-minutes"]
    with_them, without = many([*verifier, "--ca", authority, signed]), many([*verifier, "--unsigned", plain])
    with_them(), without()  # warm
    cost = statistics.median(timed(with_them)[0] - timed(without)[0] for _ in range(PAIRS)) / TURNS
    row("P5 share of signatures: two signers of A ÷ P5's time", f"{cost * 1000:.2g} ms ÷ {whole * 1000:.3g} ms",
        f"{cost / whole:.1%}", "≤ 20 %", "5 %")


def start_pairs():
    forget_in_memory(OURS)
    small = Election("A")
    small.open()
    os.sync()  # what earlier pairs wrote is on the disk, and not on its way there
    definition = small.folder / "congress.json"

    for name, words in (("check", [OURS, "check", definition]), ("status", [OURS, "status", small.hall]),
                        ("--help", [OURS, "--help"])):
        pair(f"P10 `{name}` ÷ `true`, {TURNS} times", many(words), many(["true"]), "≤ 5", "3")


def duckdb_import(d):
    """DuckDB from CSV to a file of its own and one query; only where its package is."""
    if not (SCRATCH / "duck" / "node_modules" / "@duckdb").exists():
        print("| P3 ÷ DuckDB | not measured: SCRATCH/duck has no @duckdb/node-api | | ≤ 0.12 | 0.07 |")
        return
    program = SCRATCH / "duck" / "import.mjs"
    sums = ", ".join(f"sum((substr(marks, {i + 1}, 1) = 'a')::int)" for i in range(d.rows))
    program.write_text(f"""
import {{ DuckDBInstance }} from '@duckdb/node-api';
const instance = await DuckDBInstance.create('{SCRATCH}/duck/d.db', {{ threads: '2' }});
const connection = await instance.connect();
await connection.run("CREATE TABLE b AS SELECT * FROM read_csv('{d.manifest.parent}/*.csv', header = true,"
  + " columns = {{'ballot': 'INTEGER', 'marks': 'VARCHAR', 'flags': 'VARCHAR'}})");
const reader = await connection.runAndReadAll("SELECT count(*), {sums} FROM b"
  + " WHERE length(marks) - length(replace(marks, 'a', '')) BETWEEN 1 AND {d.seats}");
console.log(String(reader.getRows()[0][0]));
await connection.run('CHECKPOINT');
""")

    def fresh():
        d.open()
        for left in (SCRATCH / "duck").glob("d.db*"):
            left.unlink()

    pair("P3 D: `import` ÷ DuckDB CSV → file → query", d.taking_in(), ["node", program], "≤ 0.12", "0.07", fresh)


def main():
    SCRATCH.mkdir(parents=True, exist_ok=True)
    print("| what | medians | ratio | must | aim |\n|---|---|---|---|---|")
    a, b, c, d = (Election(name) for name in "ABCD")
    pair("P2 D: digest, parse, judge, totals, one thread ÷ openssl dgst", d.counting(1), d.hashing(), "≤ 1.15", "")
    pair("P2 the same, two threads", d.counting(2), d.hashing(), "≤ 0.85", "0.5")
    pair("P3 D: `import` to the durable record ÷ openssl dgst", d.taking_in(), d.hashing(), "≤ 1.6", "1.0", d.open)
    duckdb_import(d)
    result_pair(d)
    dossier = d.dossier()
    verifying = [PROGRAMS / "kiemphieu-verify", "--unsigned", dossier]
    whole = pair("P5 D: `kiemphieu-verify`, 1,000 bundles ÷ openssl dgst", verifying, d.hashing(), "≤ 1.5", "0.8")
    share_of_signatures(a, whole)
    append_pairs()
    row_per_ballot(c)
    for name, election in (("A", a), ("B", b)):
        pair(f"P7 {name}: CSV → votes ÷ openssl dgst", election.counting(1), election.hashing(), "≤ 3", "1.5")
        pair(f"P7 {name}: CSV → votes ÷ sqlite3", election.counting(1), election.in_sqlite(), "≤ 0.25", "")
        # Once is mostly the start of a process. Ten times over in one, the work itself shows.
        pair(f"P7 {name}, ten times over ÷ openssl dgst", election.counting(1, 10), election.hashing(10), "≤ 3", "1.5")
        pair(f"P7 {name}, ten times over ÷ sqlite3", election.counting(1, 10), election.in_sqlite(10), "≤ 0.25", "")
    memory_pairs({"C": c, "D": d, "C, one bundle": Election("C, one bundle")})
    start_pairs()
    pair("growth: `import` of D ÷ C", d.taking_in(), c.taking_in(), "≤ 10.5", "", lambda: (c.open(), d.open()))
    ten_thousand = Election("D, 10,000 bundles")
    pair("growth: `import` of D, 10,000 bundles ÷ 1,000", ten_thousand.taking_in(), d.taking_in(), "", "",
         lambda: (ten_thousand.open(), d.open()))
    pair("growth: verify D, 10,000 bundles ÷ 1,000",
         [PROGRAMS / "kiemphieu-verify", "--unsigned", ten_thousand.dossier()], verifying, "", "")
    for folder in (a, b, c, d, ten_thousand):
        for made in ("dossier", "keys", "plain", "signed"):
            shutil.rmtree(folder.folder / made, ignore_errors=True)


main()
