"""Renders pages from canned replies and looks at them in Chromium: page.py PROGRAM FOLDER."""

import glob
import http.server
import json
import math
import os
import random
import subprocess
import sys
import threading

import axe_playwright_python
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

PROGRAM, FOLDER = sys.argv[1], os.path.abspath(sys.argv[2])
AXE = open(glob.glob(os.path.dirname(axe_playwright_python.__file__) + "/axe.min.js")[0], encoding="utf-8").read()
HOSTILE = [
    "<script>window.hit=1</script>", "</style><img src=x onerror='window.hit=1'>", "</span></div></main><h1>x</h1>",
    "\" onfocus=\"window.hit=1", "<!--", "-->", "&lt;b&gt;", "\x00\x1b[31m", "\u202eevil\u2066", "\ufffd", "<svg/onload=hit=1>",
    "javascript:hit=1", "]]>", "\ud83d\ude00", "<|eot_id|>", "\u2028\r\n\t",
]


def choice(tokens, index=0, seed=1, count=5):
    """A choice whose tokens have seeded probabilities; each one's neighbors stand for its alternatives."""
    draw = random.Random(seed)
    logprobs, tops = [], []
    for place, token in enumerate(tokens):
        sampled = draw.choice([0.97, 0.93, 0.7, 0.6, 0.4, 0.2, 0.05, 0.02, 0.004])
        top, rest = {}, 1 - sampled
        for other in range(1, count):
            rest *= 0.55
            top[tokens[(place + 7 * other) % len(tokens)]] = math.log(rest * 0.8)
        top[token] = math.log(sampled)
        logprobs.append(math.log(sampled))
        tops.append(top)
    return {"index": index, "text": "".join(tokens), "finish_reason": "stop", "logprobs": {
        "tokens": tokens, "token_logprobs": logprobs, "top_logprobs": tops}}


def pinned(tokens, share):
    """A choice whose fifth token has this probability."""
    made = choice(tokens)
    made["logprobs"]["token_logprobs"][5] = math.log(share)
    return made


def reply(*choices):
    usage = {"prompt_tokens": 7, "completion_tokens": 60, "total_tokens": 67, "prompt_tokens_details": {"cached_tokens": 0}}
    return {"id": "cmpl-<1>", "object": "text_completion", "model": "model<b>", "choices": choices, "usage": usage,
            "time_info": {"queue_time": 4.6e-05, "total_time": 0.031}}


STORY = (
    "; the rain fell in torrents, except at occasional intervals, when it was checked by a violent gust of wind which swept "
    "up the streets, rattling along the house tops, and fiercely agitating the scanty flame of the lamps that struggled "
    "against the darkness."
).replace(" ", "\n ").replace("\n", "|").split("|")
MIXED = ["夜", "の", "海", "。\n", " שלום", " עולם", " مرحبا", " 👩\u200d🚀", " e\u0301"]
OTHER = STORY[:5] + ["|", " snow"] + STORY[7:]
PAGES = {
    "story": reply(choice(STORY), choice(STORY[::-1] + MIXED, 1, 2)),
    "hostile": reply(choice(HOSTILE)),
    "wide": reply(choice([" very" * 60, " a", " b"])),
    "long": reply(choice([f" word{n}" for n in range(4000)])),
    "plain": reply({"index": 0, "text": "no numbers <b>here</b>", "finish_reason": "length", "logprobs": None}),
}


class Replies(http.server.BaseHTTPRequestHandler):
    """Answers a completion with the reply that its prompt names, a page with the file of its path."""

    def do_POST(self):
        name = json.loads(self.rfile.read(int(self.headers["Content-Length"])))["prompt"].split()[0]
        if name == "cut":
            chunk = json.dumps({"choices": [{"index": 0, "text": "It was"}]})
            self.send("text/event-stream", f"data: {chunk}\n\n".encode())
        else:
            self.send("application/json", json.dumps(PAGES[name]).encode())

    def do_GET(self):
        with open(os.path.join(FOLDER, os.path.basename(self.path)), "rb") as file:
            self.send("text/html", file.read())

    def send(self, kind, body):
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


def render(name, *flags):
    command = [PROGRAM, "complete", f"{name} <prompt>", "-f", "html", "-q", *flags]
    environment = os.environ | {"CEREBRAS_BASE_URL": base, "CEREBRAS_API_KEY": "key"}
    done = subprocess.run(command, env=environment, capture_output=True, timeout=60, check=False)
    with open(os.path.join(FOLDER, f"{name}.html"), "wb") as file:
        file.write(done.stdout)
    return done


def compare(name, first, second):
    """The page of diff for two of the pages' responses."""
    for letter, document in ("a", first), ("b", second):
        with open(os.path.join(FOLDER, f"{letter}.json"), "w", encoding="utf-8") as file:
            json.dump(document, file)
    done = subprocess.run([PROGRAM, "diff", "a.json", "b.json", "-f", "html"], cwd=FOLDER, capture_output=True, timeout=60,
                          check=False)
    assert done.returncode == 10, done
    with open(os.path.join(FOLDER, f"{name}.html"), "wb") as file:
        file.write(done.stdout)


def start():
    options = webdriver.ChromeOptions()
    for flag in "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--window-size=1400,1000":
        options.add_argument(flag)
    options.binary_location = "/usr/bin/chromium"
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    return webdriver.Chrome(service=webdriver.chrome.service.Service("/usr/bin/chromedriver"), options=options)


def media(scheme, **features):
    features = {"prefers-color-scheme": scheme, **features}
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {
        "features": [{"name": name, "value": value} for name, value in features.items()]})


def open_page(name):
    browser.get_log("performance")
    browser.get(f"{base}/{name}.html")


def check_quiet(name):
    """No console message, and no request but the page itself."""
    messages = [entry for entry in browser.get_log("browser")]
    assert not messages, (name, messages)
    asked = [json.loads(entry["message"])["message"] for entry in browser.get_log("performance")]
    urls = [event["params"]["request"]["url"] for event in asked if event["method"] == "Network.requestWillBeSent"]
    assert [url for url in urls if not url.endswith("/favicon.ico")] == [f"{base}/{name}.html"], (name, urls)
    assert browser.execute_script("return document.scripts.length + document.images.length") == 0


def check_axe(name):
    """Rules of WCAG 2 A and AA and best practices, the details of a token shown where there are any."""
    browser.execute_script("document.querySelector('.text>span[tabindex]')?.focus()")
    browser.execute_script(AXE)
    found = browser.execute_async_script("axe.run().then(arguments[0])")
    for violation in found["violations"]:
        print(name, violation["id"], violation["help"], [node["html"][:160] for node in violation["nodes"][:3]])
    assert not found["violations"], name
    return len(found["passes"])


def focused():
    return browser.switch_to.active_element.get_attribute("id") or browser.switch_to.active_element.text


def press(key):
    webdriver.ActionChains(browser).send_keys(key).perform()


def check_keyboard():
    """Tab goes by the links to the first token, then from token to token, whose details show; back again; over them all."""
    open_page("story")
    walk = []
    for _ in range(5):
        press(Keys.TAB)
        walk.append(focused())
    assert walk == ["Skip to the text", "Skip the tokens of choice 0", "t0-0", "t0-1", "t0-2"], walk
    details = browser.find_element(By.ID, "p0-2")
    assert details.is_displayed() and "sampled" in details.text and "rank" in details.text, details.text
    assert not browser.find_element(By.ID, "p0-1").is_displayed()
    tree = browser.execute_cdp_cmd("Accessibility.getFullAXTree", {})["nodes"]
    told = [node["description"]["value"] for node in tree for told in node.get("properties", [])
            if told["name"] == "focused" and told["value"]["value"] and "description" in node]
    assert told and "sampled" in told[-1] and "rank" in told[-1], told
    browser.execute_cdp_cmd("Input.dispatchKeyEvent", {
        "type": "keyDown", "key": "Tab", "code": "Tab", "windowsVirtualKeyCode": 9, "modifiers": 8})
    assert focused() == "t0-1", focused()
    open_page("story")
    # The tokens of both choices are passed over; what follows is the summary, whose least likely token is a link.
    for key in Keys.TAB, Keys.TAB, Keys.ENTER, Keys.TAB, Keys.ENTER, Keys.TAB:
        press(key)
    assert focused().startswith('"'), focused()
    press(Keys.ENTER)
    assert browser.find_element(By.CSS_SELECTOR, ":target").get_attribute("id").startswith("t0-")


def check_comparison():
    """Texts stand side by side, the divergence marked in both; links and the Tab key lead there; details stay on the window."""
    browser.set_window_size(1400, 1000)
    open_page("pair")
    boxes = browser.execute_script("return [...document.querySelectorAll('.pair .text')].map(e => e.getBoundingClientRect())")
    assert boxes[0]["top"] == boxes[1]["top"] and boxes[0]["right"] < boxes[1]["left"], boxes[:2]
    marks = browser.execute_script(
        "return [...document.querySelectorAll('.text .d')].map(e => [e.id, e.nextElementSibling?.className])")
    assert marks == [["da0", "h0 e"], ["db0", "h2 e"], ["da1", None], ["db1", None]], marks
    tops = browser.execute_script("return [...new Set([...document.querySelectorAll('.axis')].map(e => e.textContent))]")
    assert len(tops) == 1, tops
    link = browser.find_element(By.CSS_SELECTOR, 'a[href="#db0"]')
    link.send_keys(Keys.ENTER)
    press(Keys.TAB)
    assert focused() == "tb0-5", focused()
    box = browser.find_element(By.ID, "pb0-5").rect
    assert box["x"] >= 0 and box["x"] + box["width"] <= 1400 and "sampled" in browser.find_element(By.ID, "pb0-5").text, box
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", {
        "width": 360, "height": 800, "deviceScaleFactor": 1, "mobile": False})
    open_page("pair")
    boxes = browser.execute_script("return [...document.querySelectorAll('.pair .text')].map(e => e.getBoundingClientRect())")
    assert boxes[0]["bottom"] < boxes[1]["top"], boxes[:2]
    assert browser.execute_script("return document.documentElement.scrollWidth") <= 360
    browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


def check_hostile():
    open_page("hostile")
    texts = browser.execute_script(
        "return [...document.querySelectorAll('.text>span')].map(s => { const c = s.cloneNode(true);"
        "c.querySelector('.p').remove(); return c.textContent })")
    assert len(texts) == len(HOSTILE), texts
    assert texts[0] == HOSTILE[0] and texts[1] == HOSTILE[1] and texts[6] == "&lt;b&gt;", texts
    assert texts[7] == r"\x00\x1b[31m" and texts[8] == r"\u{202e}evil\u{2066}" and texts[15] == "\\u{2028}\\r\\n\n\\t", texts
    for element in browser.find_elements(By.CSS_SELECTOR, ".text>span"):
        browser.execute_script("arguments[0].focus()", element)
    assert browser.execute_script("return window.hit") is None
    assert browser.execute_script("return document.querySelectorAll('img,script,.text svg,.text h1').length") == 0


def check_narrow():
    """On a telephone a long token neither breaks the words above the other columns nor makes the page wider."""
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", {
        "width": 360, "height": 800, "deviceScaleFactor": 1, "mobile": False})
    open_page("wide")
    heights = browser.execute_script(
        "return [...document.querySelectorAll('th[scope=col]')].map(cell => cell.getBoundingClientRect().height)")
    assert len(heights) == 5 and max(heights) < 40, heights
    assert browser.execute_script("return document.documentElement.scrollWidth") <= 360
    browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


def check_paper():
    """What only a screen can do is not asked for on paper."""
    open_page("story")
    browser.execute_script("document.getElementById('t0-2').focus()")
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    for hidden in ".hint", "#p0-2", ".skip":
        assert not browser.find_element(By.CSS_SELECTOR, hidden).is_displayed(), hidden
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})
    assert browser.find_element(By.CSS_SELECTOR, ".hint").is_displayed()


def shoot(name, scheme, width, focus=None):
    browser.set_window_size(width, 1000)
    media(scheme)
    open_page(name)
    if focus:
        browser.execute_script(f"document.getElementById('{focus}').focus()")
        browser.execute_script("arguments[0].scrollIntoView({block: 'nearest'})", browser.find_element(By.ID, focus))
    browser.save_screenshot(os.path.join(FOLDER, f"{name}-{scheme}-{width}.png"))


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Replies)
base = f"http://127.0.0.1:{server.server_port}"
threading.Thread(target=server.serve_forever, daemon=True).start()
for page in PAGES:
    assert render(page, "--temperature", "0.5", "--user", "</td><b>").returncode == 0, page
cut = render("cut", "--stream")
assert cut.returncode != 0 and b"Cut short" in cut.stdout and cut.stdout.endswith(b"</html>\n"), cut

plain = PAGES["plain"]["choices"][0]
compare("pair", reply(pinned(STORY, 0.97), plain | {"index": 1}),
        reply(pinned(OTHER, 0.2) | {"finish_reason": "length"}, plain | {"index": 1, "text": "no numbers <i>there</i>"}))
compare("pair-hostile", PAGES["hostile"], reply(choice(HOSTILE[::-1])))

browser = start()
try:
    for page in [*PAGES, "cut", "pair", "pair-hostile"]:
        for scheme in "light", "dark":
            media(scheme)
            open_page(page)
            check_quiet(page)
            if page != "long":
                print(f"{page}, {scheme}: axe-core finds nothing; {check_axe(page)} rules passed")
    check_keyboard()
    check_hostile()
    check_comparison()
    check_narrow()
    check_paper()
    sheet = browser.execute_cdp_cmd("Page.printToPDF", {"printBackground": False})
    assert len(sheet["data"]) > 1000
    for scheme in "light", "dark":
        for width in 500, 1400:
            shoot("story", scheme, width, "t0-12")
        shoot("hostile", scheme, 1400)
        for width in 360, 1400:
            shoot("pair", scheme, width, "tb0-5")
        shoot("cut", scheme, 1000)
    size = os.path.getsize(os.path.join(FOLDER, "long.html"))
    print(f"4,000 tokens with 5 alternatives each: {size / 4000:.0f} bytes a token")
finally:
    browser.quit()
print("two texts stand side by side, or one below the other on a telephone; links lead to the divergence")
print("the keyboard walks the tokens; hostile text is inert; nothing is fetched")
