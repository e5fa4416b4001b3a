#!/usr/bin/env python3
"""Papers as they look and as they read. Every page is held against a small grey image that was looked at once, tolerant of noise;
every paper can be searched: its words in normal form C, each name with its figures, all fonts embedded.

    page_images.py SOURCE_FOLDER PROGRAM_FOLDER

A page that differs is left in PROGRAM_FOLDER/page-images: expected, made, and where they differ, side by side.
KP_REWRITE=1 writes the images in testdata/pages anew; look at them before they are kept.
"""
import json
import os
import pathlib
import re
import shutil
import struct
import subprocess
import sys
import tempfile
import unicodedata
import zlib

RESOLUTION = 50     # dots an inch: a line of 12 points is 8 high
BLOCK = 6           # compared by squares of this many dots
MOST_IN_BLOCK = 34  # of 255, mean of a square: other versions of font and library move edges, not lines
MOST_ON_PAGE = 2.0
POLLS = ("opinion", "withdrawal", "introduction", "confidence", "rating", "survey")


def run(*words):
    answer = subprocess.run([str(word) for word in words], capture_output=True)
    if answer.returncode != 0:
        sys.exit(f"{' '.join(map(str, words))}: {(answer.stdout + answer.stderr).decode()}")
    return answer.stdout.decode()


# ---- pages as (width, height, dots): one byte a dot, 0 black

def pages_of(pdf):
    run("pdftoppm", "-r", RESOLUTION, "-gray", pdf, pdf.stem + "-page")
    for number, page in enumerate(sorted(pdf.parent.glob(pdf.stem + "-page-*.pgm")), 1):
        head = page.read_bytes()
        width, height = map(int, head.split(maxsplit=3)[1:3])
        yield f"{pdf.stem}-{number}.png", (width, height, head[-width * height:])


def first_page_without_foot(pages):
    """The clock of an official record is the machine's, and so are the digests in its feet and in the QR code on its last page."""
    name, (width, height, dots) = pages[0]
    height = height * 9 // 10
    return name, (width, height, dots[:width * height])


def png_chunk(kind, content):
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def png_of(page):
    """Sixteen greys, so that the images stay small."""
    width, height, dots = page
    nibbles = bytes(dot + 8 - (dot > 247) * (dot - 247) >> 4 for dot in range(256))
    rows = []
    for y in range(height):
        row = dots[y * width:(y + 1) * width].translate(nibbles) + bytes(width % 2)
        rows.append(b"\0" + bytes(left << 4 | right for left, right in zip(row[::2], row[1::2])))
    head = struct.pack(">IIBBBBB", width, height, 4, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + png_chunk(b"IHDR", head) + png_chunk(b"IDAT", zlib.compress(b"".join(rows), 9)) + png_chunk(b"IEND", b"")


def page_of(png):
    """Of a PNG that png_of made."""
    width, height = struct.unpack(">II", png[16:24])
    at, packed = 8, b""
    while at < len(png):
        length, kind = struct.unpack(">I4s", png[at:at + 8])
        packed += png[at + 8:at + 8 + length] if kind == b"IDAT" else b""
        at += 12 + length
    raw, stride = zlib.decompress(packed), (width + 1) // 2 + 1
    dots = bytearray()
    for y in range(height):
        row = raw[y * stride + 1:(y + 1) * stride]
        dots += bytes(grey for pair in row for grey in ((pair >> 4) * 17, (pair & 15) * 17))[:width]
    return width, height, bytes(dots)


# ---- the comparison

def blocks(page):
    """The mean of every square, by rows."""
    width, height, dots = page
    means = []
    for top in range(0, height - BLOCK + 1, BLOCK):
        columns = [sum(column) for column in zip(*(dots[(top + y) * width:(top + y + 1) * width] for y in range(BLOCK)))]
        means += [sum(columns[left:left + BLOCK]) / BLOCK ** 2 for left in range(0, width - BLOCK + 1, BLOCK)]
    return means


def difference(one, other):
    """What is wrong with a page, "" when it looks the same."""
    if one[:2] != other[:2]:
        return f"is {one[0]} by {one[1]} dots, not {other[0]} by {other[1]}"
    apart = [abs(a - b) for a, b in zip(blocks(one), blocks(other))]
    worst, mean = max(apart), sum(apart) / len(apart)
    return "" if worst <= MOST_IN_BLOCK and mean <= MOST_ON_PAGE else f"differs by {worst:.0f} in a square, by {mean:.2f} on the whole"


def side_by_side(*pages):
    height = max(page[1] for page in pages)
    rows = []
    for y in range(height):
        for width, own_height, dots in pages:
            rows.append(dots[y * width:(y + 1) * width] if y < own_height else bytes(width))
    return sum(page[0] for page in pages), height, b"".join(rows)


def apart(one, other):
    if one[:2] != other[:2]:
        return one
    return one[0], one[1], bytes(255 - abs(a - b) for a, b in zip(one[2], other[2]))


def check_the_check(page):
    """The comparison sees a line that moved by less than half its height, and one that is gone; not noise."""
    width, height, dots = page
    rows = [dots[y * width:(y + 1) * width] for y in range(height)]
    inked = [y for y in range(height) if sum(255 - dot for dot in rows[y]) > 12 * width]
    middle = inked[len(inked) // 2]
    white = [bytes([255]) * width]
    moved = rows[:middle - 6] + white * 3 + rows[middle - 6:-3]
    gone = rows[:middle - 5] + white * 10 + rows[middle + 5:]
    noisy = [bytes(min(255, max(0, dot + (x * 7 + y * 13) % 15 - 7)) for x, dot in enumerate(row)) for y, row in enumerate(rows)]
    for name, other, same in (("moved", moved, False), ("gone", gone, False), ("noisy", noisy, True)):
        found = difference(page, (width, height, b"".join(other)))
        if (found == "") != same:
            sys.exit(f"the comparison is wrong about a page with a line {name}: {found}")
    if difference(page_of(png_of(page)), page):
        sys.exit("a page is not the same after it was kept as an image")


# ---- the papers

def two_of_board(congress):
    return [word for member in json.loads(congress.read_text())["board"][:2] for word in ("--by", member["name"])]


def minutes(result, record, name, *options):
    run("kiemphieu", "minutes", result, "-o", f"{name}.pdf", *(["--record", record] if record else []), *options)
    return pathlib.Path(f"{name}.pdf").resolve(), json.loads(pathlib.Path(result).read_text())


def make_election():
    run("kiemphieu", "mock", "--seed", 11, "--delegates", 60, "--seats", 7, "--names", 9, "--passes", 2, "--bundle-size", 30, "-o", "hall")
    run("kiemphieu", "open", "hall/congress.json", "-o", "HALL.kp")
    yield from ((pathlib.Path(name).resolve(), None) for name in make_forms())
    run("kiemphieu", "box", "HALL.kp", "committee", "--issued", 60, "--returned", 60, "--seal", "K-17", "--spoiled", 1)
    run("kiemphieu", "import", "HALL.kp", "hall/committee/manifest.json")
    run("kiemphieu", "rule", "HALL.kp", "committee", "--bundle", "001", "--ballot", 4, "--invalid", "ruled-invalid", "--note", "Phiếu rách mất góc",
        *two_of_board(pathlib.Path("hall/congress.json")))
    run("kiemphieu", "result", "HALL.kp", "committee", "-o", "results")
    yield minutes("results/committee.json", "HALL.kp", "election")
    yield minutes("results/committee.json", "HALL.kp", "election-bilingual", "--bilingual")
    yield minutes("results/committee.json", None, "from-the-file-alone")


def make_forms():
    """Of the same evening: the ballot's proof, forms for counting by hand, mock ballots with a pen's marks."""
    run("kiemphieu", "ballot-proof", "HALL.kp", "committee", "-o", "ballot-proof.pdf")
    run("kiemphieu", "forms", "HALL.kp", "committee", "-o", "forms.pdf")
    run("kiemphieu", "drill", "print", "hall", "-o", "paper")
    shutil.copy("paper/committee/001.pdf", "mock-ballots.pdf")
    return "ballot-proof.pdf", "forms.pdf", "mock-ballots.pdf"


def make_void():
    """An official congress: no practice mark."""
    congress = json.loads(pathlib.Path("hall/congress.json").read_text())
    congress |= {"purpose": "official", "superior": "Đảng bộ tỉnh Diễn tập", "place": "Hội trường huyện"}
    pathlib.Path("official.json").write_text(json.dumps(congress, ensure_ascii=False))
    by = ("--by", congress["board"][0]["name"])
    run("kiemphieu", "open", "official.json", "-o", "OFFICIAL.kp", *by)
    run("kiemphieu", "box", "OFFICIAL.kp", "committee", "--issued", 60, "--returned", 60, *by)
    run("kiemphieu", "decide", "OFFICIAL.kp", "committee", "--action", "void", "--votes-for", 50, "--of", 60, "--note", "Danh sách in sai", *by)
    run("kiemphieu", "result", "OFFICIAL.kp", "committee", "-o", "official", *by)
    yield minutes("official/committee.json", "OFFICIAL.kp", "void-official")


def make_long():
    run("kiemphieu", "mock", "--seed", 4, "--delegates", 1600, "--seats", 160, "--names", 200, "--bundle-size", 400, "-o", "long")
    run("kiemphieu", "open", "long/congress.json", "-o", "LONG.kp")
    run("kiemphieu", "box", "LONG.kp", "committee", "--issued", 1600, "--returned", 1600)
    run("kiemphieu", "import", "LONG.kp", "long/committee/manifest.json")
    run("kiemphieu", "rule", "LONG.kp", "committee", "--confirm-flags", *two_of_board(pathlib.Path("long/congress.json")))
    run("kiemphieu", "result", "LONG.kp", "committee", "-o", "long-results")
    yield minutes("long-results/committee.json", "LONG.kp", "two-hundred-names")


def make_polls(source):
    shutil.copytree(source / "testdata/golden/polls", "polls")
    os.chdir("polls")
    run("kiemphieu", "open", "congress.json", "-o", "HALL.kp")
    for poll in POLLS:
        run("kiemphieu", "pack", "--congress", "congress.json", "--contest", poll, "--bundle", "01", f"{poll}/b.csv", "-o", f"{poll}/manifest.json")
        run("kiemphieu", "box", "HALL.kp", poll, "--issued", 20, "--returned", 20)
    run("kiemphieu", "import", "HALL.kp", ".")
    for poll in POLLS:
        run("kiemphieu", "result", "HALL.kp", poll, "-o", "results")
        yield minutes(f"results/{poll}.json", "HALL.kp", poll)
    yield minutes("results/confidence.json", "HALL.kp", "confidence-bilingual", "--bilingual")


def check_words(pdf, result):
    """What a search of the paper finds."""
    fonts = run("pdffonts", pdf).splitlines()[2:]
    if not fonts or any(not re.search(r" yes yes yes +\d+ +0$", font) for font in fonts):
        yield "has a font that is not embedded whole with its letters: " + "; ".join(fonts)
    text = run("pdftotext", "-layout", pdf, "-")
    if text != unicodedata.normalize("NFC", text):
        yield "says words that are not in normal form C"
    if result is None:
        return
    for row in result["rows"]:
        figures = [row["votes"], row["percent"]] if "votes" in row else row["options"]
        if not re.search(re.escape(row["name"]) + "".join(rf"\s+{re.escape(str(figure))}" for figure in figures), text):
            yield f"does not give {row['name']} the figures {figures} on one line"
    if re.search(r"flip|to_line", text):
        yield "says what is for the JSON alone"


def main(source, programs):
    source, programs = pathlib.Path(source).resolve(), pathlib.Path(programs).resolve()
    os.environ["PATH"] = f"{programs}:{os.environ['PATH']}"
    os.environ.pop("KP_LANG", None)
    os.environ["SOURCE_DATE_EPOCH"] = "1760486400"  # practice records then hold this time, and their QR codes are the same again
    kept, differing, rewrite = source / "testdata/pages", programs / "page-images", os.environ.get("KP_REWRITE")
    shutil.rmtree(differing, ignore_errors=True)
    if rewrite:
        shutil.rmtree(kept, ignore_errors=True)
        kept.mkdir()
    faults, seen = [], set()
    with tempfile.TemporaryDirectory(prefix="kp-pages-") as folder:
        os.chdir(folder)
        for make in (make_election, make_void, make_long, lambda: make_polls(source)):
            for pdf, result in make():
                faults += [f"{pdf.name} {fault}" for fault in check_words(pdf, result)]
                pages = list(pages_of(pdf))
                if result and result["purpose"] == "official":
                    pages = [first_page_without_foot(pages)]
                for name, page in pages:
                    if not seen:
                        check_the_check(page)
                    seen.add(name)
                    if rewrite:
                        (kept / name).write_bytes(png_of(page))
                    expected = page_of((kept / name).read_bytes()) if (kept / name).exists() else (page[0], page[1], bytes(page[0] * page[1]))
                    if found := difference(page, expected):
                        differing.mkdir(exist_ok=True)
                        (differing / name).write_bytes(png_of(side_by_side(expected, page, apart(expected, page))))
                        faults.append(f"{name} {found if (kept / name).exists() else 'is new'}: see {differing / name}")
        os.chdir("/")
    faults += [f"{name} was not made any more" for name in sorted({file.name for file in kept.glob("*.png")} - seen)]
    if faults:
        sys.exit("\n".join(faults + ["KP_REWRITE=1 takes the pages as they are; look at them first"]))
    print(f"{len(seen)} pages")


main(*sys.argv[1:])
