"""The hall's screen in a real browser: keys, nothing fetched, nothing cut, nothing too small.

    slides_in_browser.py PROGRAM_FOLDER

Plays a practice congress of 400 delegates that elects 60, some of them with names that would be markup or are very
long, and looks at the slides before the result, before it is signed, and after. KP_KEEP_SCREENSHOTS=FOLDER keeps a
picture of every slide, for people to look at.
"""
import json
import os
import pathlib
import socket
import subprocess
import sys
import tempfile

from browser import Browser

SIZES = [(1280, 720), (1920, 1080), (1024, 768)]
# docs/formats.md §15, in hundredths of the picture's height: what must be read from the last row, names that had to
# shrink, and the rest but for the footer.
FIGURE, NAME, SHRUNK_NAME, TEXT = 5.0, 4.9, 3.5, 3.39
SHORT_NAMES = ['Nguyễn <b>Văn</b> & "Sơn"', "H'Hen <i>Niê</i>"]  # two lanes
LONG_NAMES = ["Lê <script>document.title='x'</script>", "Công Tằng Tôn Nữ Hoàng Thị Phương Thảo Nguyên Ngọc Diễm My Quỳnh Anh Lan"]

MEASURE = """(() => {
  const slide = document.querySelector('section.shown'), unit = Math.min(innerHeight / 100, innerWidth * .5625 / 100);
  const seen = e => { const r = e.getBoundingClientRect(); return [r.left, r.top, r.right, r.bottom]; };
  const texts = [...slide.querySelectorAll('*')].filter(e => !e.closest('.across') &&
    [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim()));
  return {id: slide.id, scroll: [document.documentElement.scrollWidth > innerWidth, document.documentElement.scrollHeight > innerHeight],
    outside: texts.filter(e => { const [l, t, r, b] = seen(e); return l < -1 || t < -1 || r > innerWidth + 1 || b > innerHeight + 1; })
                  .map(e => e.textContent),
    cut: texts.filter(e => { const box = e.closest('td.name, main'), [l, t, r, b] = seen(e);
                             if (!box) return false; const [L, T, R, B] = seen(box);
                             return l < L - 1 || t < T - 1 || r > R + 1 || b > B + 1; }).map(e => e.textContent),
    sizes: texts.map(e => [e.className || e.parentElement.className, parseFloat(getComputedStyle(e).fontSize) / unit, e.textContent]),
    over: (() => { const boxes = [...slide.querySelectorAll('header, .figures, .lanes, .sentence, .caution, footer')].map(seen);
                   return boxes.some((a, i) => boxes.slice(i + 1).some(b => a[3] > b[1] + 1 && b[3] > a[1] + 1)); })()};
})()"""


def run(*words):
    answer = subprocess.run(words, capture_output=True, text=True)
    if answer.returncode != 0:
        sys.exit(f"{' '.join(words)}: {answer.stdout}{answer.stderr}")
    return answer.stdout


class Evening:
    """A practice congress as far as it has been played."""

    def __init__(self, folder, names):
        self.folder = pathlib.Path(folder)
        self.folder.mkdir()
        os.chdir(folder)
        run("test-keys", "keys")
        run("kiemphieu", "mock", "--seed", "4", "--delegates", "400", "--seats", "60", "--names", "68", "-o", "hall")
        congress = json.loads(pathlib.Path("hall/congress.json").read_text())
        answers = json.loads(pathlib.Path("hall/answers.json").read_text())["contests"]["committee"]
        rows = congress["contests"][0]["rows"]
        for name, no in zip(names, answers["elected"]):
            rows[no - 1]["name"] = name
        self.elected = [rows[no - 1]["name"] for no in answers["elected"]]
        lines = ["no,a", f"valid,{answers['ballots']['valid']}"]
        lines += [f"{reason},{n}" for reason, n in answers["ballots"]["invalid_by"].items()]
        lines += [f"{row['no']},{row['votes']}" for row in answers["rows"]]
        pathlib.Path("totals.csv").write_text("\n".join(lines) + "\n")
        self.others = [row["name"] for row in rows if row["no"] not in answers["elected"]]
        self.board = [member["name"] for member in congress["board"]]
        congress["signatures_required"] = 2
        pathlib.Path("hall/congress.json").write_text(json.dumps(congress, ensure_ascii=False))
        run("kiemphieu", "open", "hall/congress.json", "-o", "HALL.kp")
        box = json.loads(pathlib.Path("hall/committee/box.json").read_text())
        run("kiemphieu", "box", "HALL.kp", "committee", "--issued", str(box["issued"]), "--returned", str(box["returned"]))
        run("kiemphieu", "import", "HALL.kp", "hall/committee")
        run("kiemphieu", "rule", "HALL.kp", "committee", "--confirm-flags", "--by", self.board[0], "--by", self.board[1])

    def count_by_hand(self):
        run("kiemphieu", "hand-count", "HALL.kp", "committee", "totals.csv", "--by", self.board[0], "--by", self.board[1],
            "--note", "Mất điện")

    def result(self):
        run("kiemphieu", "result", "HALL.kp", "committee", "-o", "results")

    def sign(self, who):
        run("kiemphieu", "sign", "results/committee.json", "--cert", f"keys/{who}.pem", "--key", f"keys/{who}.key",
            "--record", "HALL.kp")

    def slides(self, *more):
        run("kiemphieu", "slides", "HALL.kp", "-o", "slides.html", *more)
        return self.folder / "slides.html"


def expect(right, what):
    if not right:
        sys.exit(f"not so: {what}")


def shown(browser):
    return browser.ask("document.querySelector('section.shown').id")


def names_on_screen(browser):
    return browser.ask("[...document.querySelectorAll('td.name')].map(e => e.textContent)")


def check_nobody_yet(browser, evening, when):
    browser.open(evening.slides())
    text = browser.ask("document.documentElement.outerHTML")
    expect(not names_on_screen(browser), f"no name {when}")
    expect(not [name for name in evening.elected + evening.others if name in text], f"no name {when}")


def check_elected(browser, evening, slides):
    browser.open(slides)
    text = slides.read_text()
    expect(names_on_screen(browser) == evening.elected, "the elected, all of them, in order of votes")
    expect(browser.ask("document.querySelectorAll('main b:not(.value), main i, main script').length") == 0, "names are no markup")
    expect(not [name for name in evening.others if name in text], "nobody else is named")
    expect(browser.ask("[...document.querySelectorAll('section')].every(e => e.textContent.includes('DIỄN TẬP'))"),
           "every slide says that it is practice")


def check_by_hand(browser, evening, slides):
    check_elected(browser, evening, slides)
    expect(browser.ask("[...document.querySelectorAll('section:not(#congress)')].every(e => e.textContent.includes('KIỂM BẰNG TAY'))"),
           "every slide of a count by hand says so")


def check_slide(seen, where):
    expect(seen["scroll"] == [False, False], f"{where} fits without scrolling")
    expect(not seen["outside"] and not seen["cut"], f"{where}: {seen['outside'] or seen['cut']} is on the screen")
    expect(not seen["over"], f"{where}: nothing lies over something else")
    for kind, size, text in seen["sizes"]:
        is_name, odd = "name" in kind.split(), len(text) > 16
        least = SHRUNK_NAME if is_name and odd else NAME if is_name else FIGURE if kind == "value" else TEXT
        if kind in ("unit", "page", "keys"):
            continue
        expect(size >= least, f"{where}: «{text}» ({kind}) is {size:.2f} high, at least {least}")


def check_pages(browser, slides, pictures):
    for width, height in SIZES:
        browser.size(width, height)
        browser.open(slides)
        browser.press("Home")
        for at in range(browser.ask("document.querySelectorAll('section').length")):
            seen = browser.ask(MEASURE)
            if pictures:
                browser.screenshot(pictures / f"{width}-{at + 1:02}-{seen['id']}.png")
            check_slide(seen, f"{width}×{height} {seen['id']}")
            browser.press("ArrowRight")


def check_keys(browser, slides):
    browser.open(slides)
    ids = browser.ask("[...document.querySelectorAll('section')].map(e => e.id)")
    expect(len(set(ids)) == len(ids) > 5, "every slide has an address of its own")
    browser.press("Home")
    walk = [shown(browser)]
    for key in ["ArrowRight", "ArrowRight", "ArrowLeft", "End", "ArrowRight", "PageUp", "Home", "ArrowLeft", "PageDown"]:
        browser.press(key)
        walk.append(shown(browser))
    expect(walk == [ids[i] for i in (0, 1, 2, 1, -1, -1, -2, 0, 0, 1)], f"keys turn the slides: {walk}")
    browser.ask(f"location.hash = '{ids[3]}'")
    browser.reload()
    expect(shown(browser) == ids[3], "the file made anew opens where it was")
    browser.press("f")
    browser.ask("new Promise(done => setTimeout(done, 300))")
    expect(browser.ask("document.fullscreenElement !== null"), "F fills the screen")
    browser.press("f")
    browser.press("b")
    expect(browser.ask("getComputedStyle(document.querySelector('section.shown')).visibility") == "hidden", "B blanks")


def check_nothing_leaves(browser, slides):
    text = slides.read_text()
    expect("http:" not in text and "https:" not in text and "url(" not in text, "no address stands in the file")
    expect(set(browser.requests) == {slides.resolve().as_uri()}, f"nothing else was asked for: {browser.requests}")
    expect(not browser.complaints, f"no complaint: {browser.complaints}")
    # And if a page of ours tried, the browser would not let it: someone listens, and nobody comes.
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(1)
        address = f"http://127.0.0.1:{listener.getsockname()[1]}/"
        for attempt in (f"new Image().src = '{address}'", f"fetch('{address}').catch(() => 0)",
                        f"document.head.append(Object.assign(document.createElement('link'), {{rel: 'stylesheet', href: '{address}'}}))"):
            browser.ask(attempt + ", 0")
        try:
            listener.accept()
            sys.exit("not so: the policy keeps the page from the network")
        except TimeoutError:
            pass


def main():
    os.environ["PATH"] = os.path.abspath(sys.argv[1]) + ":" + os.environ["PATH"]
    os.environ.pop("KP_LANG", None)
    pictures = os.environ.get("KP_KEEP_SCREENSHOTS")
    pictures = pathlib.Path(pictures).resolve() if pictures else None
    with tempfile.TemporaryDirectory(prefix="kp-slides-") as folder, Browser() as browser:
        browser.size(*SIZES[0])
        evening = Evening(folder + "/short", SHORT_NAMES)
        expect(len(evening.elected) == 60, "sixty are elected")
        check_nobody_yet(browser, evening, "before the result")
        evening.result()
        check_nobody_yet(browser, evening, "before anyone signed")
        evening.sign("head")
        check_nobody_yet(browser, evening, "before two have signed")
        evening.sign("member")
        slides = evening.slides()
        check_elected(browser, evening, slides)
        check_nothing_leaves(browser, slides)
        check_keys(browser, slides)
        check_pages(browser, slides, pictures)
        everyone = evening.slides("committee", "--by-name", "--lang", "en")
        browser.open(everyone)
        expect(set(evening.others) <= set(names_on_screen(browser)), "asked for, everyone stands there")
        check_pages(browser, everyone, None)
        evening = Evening(folder + "/long", LONG_NAMES)
        evening.count_by_hand()
        check_nobody_yet(browser, evening, "before the count by hand was signed on paper")
        slides = evening.slides("--signed-on-paper")
        check_by_hand(browser, evening, slides)
        check_pages(browser, slides, None)
        evening.result()
        evening.sign("head")
        evening.sign("member")
        slides = evening.slides()
        check_elected(browser, evening, slides)
        check_pages(browser, slides, None)
        os.chdir("/")


main()
