#!/usr/bin/env python3
"""Prints docs/the-ban-kiem-phieu.html as the browser does: one A4 page, no word of it lost, every command on it known.

    card_on_paper.py SOURCE_FOLDER PROGRAM_FOLDER
"""
import base64
import pathlib
import re
import subprocess
import sys
import tempfile

from browser import Browser

A4_IN_INCHES = {"paperWidth": 210 / 25.4, "paperHeight": 297 / 25.4}


def said_by(*words):
    return subprocess.run(words, capture_output=True, check=True, text=True).stdout


def main(source, programs):
    card = pathlib.Path(source, "docs", "the-ban-kiem-phieu.html")
    with Browser() as browser, tempfile.TemporaryDirectory() as folder:
        browser.open(card)
        printed = pathlib.Path(folder, "card.pdf")
        printed.write_bytes(base64.b64decode(browser.call("Page.printToPDF", preferCSSPageSize=True, **A4_IN_INCHES)["data"]))
        words = browser.ask("document.body.innerText")
        about = said_by("pdfinfo", printed)
        on_paper = said_by("pdftotext", printed, "-")
    assert re.search(r"^Pages: +1$", about, re.M) and "(A4)" in about, about
    # Where fonts are other than here a line may end in a hyphen, which pdftotext takes for one that joins.
    bare = [re.sub(r"[\s-]", "", text) for text in (words, on_paper)]
    assert sorted(bare[0]) == sorted(bare[1]), "the page has other letters than the card"
    commands = set(re.findall(r"kiemphieu ([a-z]+)", words))
    assert len(commands) >= 10, commands
    for command in commands:
        said_by(pathlib.Path(programs, "kiemphieu"), command, "--help")
    print(f"one A4 page, {len(commands)} commands")


if __name__ == "__main__":
    main(*sys.argv[1:])
