"""The file that is handed around, opened from disk in a real browser with no network."""

import base64
import hashlib
import json
import random
import re
import subprocess
import sys

import networkx as nx
import pytest

from viz.standalone import MOST_EDGES, MOST_NODES, page

HOSTILE = [
    "<img src=x onerror=window.__pwned=1>",
    "</script><script>window.__pwned=1</script>",
    "<!--<script>",
    "javascript:window.__pwned=1",
    '" onmouseover="window.__pwned=1" x="',
    "' href=https://example.invalid/ '",
    "{{ 7*7 }}{% raw %}",
    "a\u2028b\u2029c",
    "</style><style>*{display:none}</style>",
    "]]> &lt;b&gt; &amp;",
    "\\u003cscript\\u003e",
]
BAD = " ".join(HOSTILE) + " \x00\x1b\x07"


def source(text):
    return {
        "claim": text, "dataset": text, "source": text, "document": text, "locators": [text], "attributed_to": [],
        "confidence": text, "note": text, "stated_on": text,
    }  # fmt: skip


def edge(label="Funds", kind="funds", **more):
    told = {"weight": 1, "directed": True, "claims": ["tie/x"], "claims_total": 1, "sources": []}
    return told | {"label": label, "kind": kind} | more


def hostile():
    dataset = dict.fromkeys(("name", "version", "title", "publisher", "issued", "licence", "handling"), BAD)
    graph = nx.MultiDiGraph(
        title=BAD, kind=BAD, asks=BAD, read=BAD, caveat=BAD, cut=BAD, parameters={BAD: [BAD]}, filters=[BAD],
        datasets=[dataset], nodes_total=3, edges_total=3, measured={BAD: BAD},
    )  # fmt: skip
    for name in ("actor/" + BAD, "actor/b", "__proto__"):
        graph.add_node(name, label=BAD, kind=BAD, links=2, roles=[BAD], distance=1, **{"class": BAD})
    everything = {"role": BAD, "domains": [BAD], "from_date": BAD, "to_date": BAD, "sources": [source(BAD)]}
    graph.add_edge("actor/" + BAD, "actor/b", key=BAD, **edge(BAD, BAD, **everything))
    graph.add_edge("actor/b", "__proto__", key="k", **edge(BAD, "constructor", **everything))
    graph.add_edge("__proto__", "__proto__", key="k", **edge(BAD, "__proto__", **everything))
    return graph


def ordinary():
    graph = nx.MultiDiGraph(
        title="Coordination", kind="coordination", parameters={"place": ["place/tj"]}, filters=["Place: Tajikistan"],
        datasets=[{"name": "network", "version": "abc", "title": "A made-up network", "handling": "amber-strict"}],
        caveat="A missing edge is not a missing tie.", cut=None, nodes_total=4, edges_total=3,
    )  # fmt: skip
    for name, class_ in (
        ("alpha", "InternationalOrganisation"),
        ("bravo", "NonGovernmentalOrganisation"),
        ("charlie", "State"),
    ):
        graph.add_node(f"actor/{name}", label=name.capitalize(), kind="actor", links=2, **{"class": class_})
    graph.add_node("actor/alone", label="Alone", kind="actor", links=0)
    cited = [source("Memo 7/03") | {"locators": ["72"], "confidence": "stated", "stated_on": "2003-05-14"}]
    graph.add_edge("actor/alpha", "actor/bravo", key="a", **edge(sources=cited, from_date="2003-05-01"))
    graph.add_edge("actor/alpha", "actor/bravo", key="b", **edge("Obstructs", "obstructs"))
    graph.add_edge(
        "actor/bravo", "actor/charlie", key="c", **edge("Coordinates with", "coordinates-with", directed=False)
    )
    return graph


def crowd(nodes, edges):
    random.seed(3)
    graph = nx.MultiDiGraph(title="A crowd", kind="who-does-what", nodes_total=nodes, edges_total=edges, cut=None)
    for n in range(nodes):
        kind = ("actor", "programme", "place")[n % 3]
        graph.add_node(f"{kind}/{n}", label=f"{kind.capitalize()} number {n}", kind=kind, links=1 + n % 7)
    names = list(graph)
    for n in range(edges):
        one, other = random.sample(names, 2)
        graph.add_edge(one, other, key=str(n), **edge(kind=("funding", "implementing", "takes-place-in")[n % 3]))
    return graph


@pytest.fixture
def opened(chromium, tmp_path):
    """Open a graph's page from disk; `requests`, `console` and `dialogs` hold what should not have happened."""
    contexts = []

    def open_(graph, **context):
        file = tmp_path / "network.html"
        file.write_text(page(graph), encoding="utf-8")
        contexts.append(chromium.new_context(viewport={"width": 1440, "height": 1000}, **context))
        tab = contexts[-1].new_page()
        tab.requests, tab.told, tab.dialogs = [], [], []
        tab.on("request", lambda r: tab.requests.append(r.url))
        tab.on("console", lambda m: tab.told.append(f"{m.type}: {m.text}"))
        tab.on("pageerror", lambda e: tab.told.append(str(e)))
        tab.on("dialog", lambda d: (tab.dialogs.append(d.message), d.dismiss()))
        contexts[-1].route("**/*", lambda r: r.continue_() if r.request.url == file.as_uri() else r.abort())
        tab.goto(file.as_uri())
        if len(graph) and context.get("java_script_enabled", True):
            tab.wait_for_selector("html[data-drawn=yes]", timeout=30_000)
        tab.file = file.as_uri()
        return tab

    yield open_
    for context in contexts:
        context.close()


def quiet(tab):
    assert tab.requests == [tab.file]
    assert tab.told == []
    assert tab.dialogs == []


def at(tab, number):
    """Where on the page the node with that number stands, found through the picture's own search."""
    box = tab.locator("#canvas").bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def norm(text):
    return " ".join(re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", "", text).split())


@pytest.mark.browser
def test_hostile_texts_in_every_field_are_shown_and_nothing_runs(opened):
    tab = opened(hostile())
    for choose in tab.locator("td button").all():
        choose.click()
        panel = norm(tab.locator("#panel").text_content())
        assert norm(BAD) in panel
        box = tab.locator("#canvas").bounding_box()
        for dx in range(-40, 41, 8):
            tab.mouse.move(box["x"] + box["width"] / 2 + dx, box["y"] + box["height"] / 2)
    tab.locator("#find").fill("onerror")
    assert norm(BAD) in norm(tab.locator("#found li").first.text_content())
    tab.keyboard.press("Enter")
    for box in tab.locator(".legend input").all():
        box.click()
        box.click()
    body = norm(tab.locator("body").text_content())
    for text in HOSTILE:
        assert norm(text) in body
    assert tab.title().startswith(norm(HOSTILE[0]))
    assert tab.evaluate("window.__pwned") is None
    assert (
        tab.evaluate(
            "document.querySelectorAll('img, iframe, object, embed, link, base, a, form, [onerror],'"
            " + '[onmouseover]').length"
        )
        == 0
    )
    assert tab.evaluate("document.scripts.length") == 3
    assert tab.evaluate("({}).polluted") is None
    quiet(tab)


@pytest.mark.browser
@pytest.mark.parametrize("field", HOSTILE)
def test_each_hostile_text_alone_is_shown_literally(opened, field):
    graph = nx.MultiDiGraph(title=field)
    graph.add_node("a", label=field)
    tab = opened(graph)
    assert norm(tab.locator("h1").text_content()) == norm(field)
    assert tab.evaluate("window.__pwned") is None
    quiet(tab)


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_picture_is_drawn_without_a_violation(opened, scheme):
    tab = opened(ordinary(), color_scheme=scheme)
    drawn = tab.evaluate(
        "(() => { const c = document.querySelector('#canvas canvas');"
        "const d = c.getContext('2d').getImageData(0, 0, c.width, c.height).data; const seen = new Set();"
        "for (let i = 0; i < d.length; i += 4) if (d[i + 3] > 200) seen.add(d[i] + ',' + d[i + 1] + ',' + d[i + 2]);"
        "return [...seen]; })()"
    )
    blue = {"light": "10,102,163", "dark": "92,182,238"}[scheme]
    assert blue in drawn
    assert tab.locator("#count").text_content() == "4 of 4 nodes and 3 of 3 edges are drawn."
    quiet(tab)


@pytest.mark.browser
def test_a_node_found_by_name_shows_its_evidence(opened):
    tab = opened(ordinary())
    tab.locator("#find").fill("alph")
    assert tab.locator("#find").get_attribute("aria-activedescendant") == "found-0"
    tab.keyboard.press("Enter")
    panel = tab.locator("#panel").inner_text()
    assert "Alpha" in panel
    assert "InternationalOrganisation" in panel
    assert "Memo 7/03 [72] (stated, 2003-05-14, Memo 7/03)" in panel
    assert "from 2003-05-01" in panel
    tab.locator("#panel").get_by_role("button", name="Bravo").first.click()
    assert tab.locator("#panel h2").text_content() == "Bravo"
    tab.locator("#clear").click()
    assert tab.locator("#panel h2").text_content() == "Nothing selected"
    quiet(tab)


@pytest.mark.browser
def test_pointing_at_a_node_and_clicking_it_show_what_it_is(opened):
    tab = opened(ordinary())
    tab.locator("#find").fill("Bravo")
    tab.keyboard.press("Enter")
    tab.locator("#clear").click()
    x, y = at(tab, 1)
    tab.mouse.move(x + 60, y + 160)
    tab.mouse.move(x, y)
    tip = tab.locator("#tip")
    tip.wait_for(state="visible")
    assert tip.inner_text().startswith("Bravo")
    tab.mouse.click(x, y)
    tab.locator("#panel h2", has_text="Bravo").wait_for()
    tab.keyboard.press("Escape")
    assert tab.locator("#panel h2").text_content() == "Nothing selected"
    quiet(tab)


@pytest.mark.browser
def test_an_edge_of_the_table_is_marked_and_explained(opened):
    tab = opened(ordinary())
    tab.locator("#edges").get_by_role("button", name="Funds").click()
    assert tab.locator("#panel h2").text_content() == "Funds"
    assert "Memo 7/03 [72]" in tab.locator("#panel").inner_text()
    assert tab.locator("tr.marked").count() == 1
    quiet(tab)


@pytest.mark.browser
def test_the_legend_filters_picture_and_table(opened):
    tab = opened(ordinary())
    tab.get_by_label("Obstructs").uncheck()
    assert tab.locator("#count").text_content() == "4 of 4 nodes and 2 of 3 edges are drawn."
    assert tab.locator("#edges tbody tr:visible").count() == 2
    tab.get_by_label("State").uncheck()
    assert tab.locator("#count").text_content() == "3 of 4 nodes and 1 of 3 edges are drawn."
    tab.locator("#find").fill("charlie")
    assert "filtered out" in tab.locator("#found").inner_text()
    quiet(tab)


@pytest.mark.browser
def test_keys_move_the_picture(opened):
    tab = opened(ordinary())
    picture = lambda: hashlib.sha256(tab.locator("#canvas").screenshot()).hexdigest()  # noqa: E731
    tab.locator("#canvas").focus()
    seen = {picture()}
    for key in ("ArrowLeft", "+", "-", "ArrowUp"):
        tab.keyboard.press(key)
        tab.wait_for_timeout(100)
        seen.add(picture())
    assert len(seen) >= 4
    quiet(tab)


@pytest.mark.browser
def test_without_javascript_the_table_tells_everything(opened):
    tab = opened(ordinary(), java_script_enabled=False)
    assert not tab.locator("#stage").is_visible()
    text = tab.locator("main").inner_text()
    assert "The picture needs JavaScript" in text
    assert tab.locator("#edges tbody tr").count() == 3
    assert "Memo 7/03 [72] (stated, 2003-05-14, Memo 7/03)" in text
    assert "Alone" in text


@pytest.mark.browser
def test_a_crowd_is_drawn_up_to_the_cap(opened):
    tab = opened(crowd(2_400, 7_000))
    shown = tab.locator("#count").text_content()
    assert shown.startswith("2000 of 2000 nodes")
    assert "Drawn are 2,000 of 2,400 nodes" in tab.locator(".cut").first.text_content()
    tab.locator("#find").fill("number 6")
    tab.keyboard.press("Enter")
    assert tab.locator("#panel li").count() >= 1
    quiet(tab)


@pytest.mark.browser
def test_an_empty_network_says_so(opened):
    tab = opened(nx.MultiDiGraph(title="Coordination", kind="coordination", nodes_total=0, edges_total=0, cut=None))
    assert "Nothing to draw" in tab.locator("main").inner_text()
    assert tab.locator("canvas").count() == 0
    quiet(tab)


@pytest.mark.browser
@pytest.mark.parametrize("width", [390, 1440])
def test_nothing_sticks_out_at_the_side(opened, width):
    tab = opened(hostile() if width == 390 else ordinary())
    tab.set_viewport_size({"width": width, "height": 900})
    assert tab.evaluate("document.documentElement.scrollWidth") <= width
    quiet(tab)


@pytest.mark.browser
def test_it_prints_with_the_table_and_without_the_controls(opened):
    tab = opened(ordinary())
    tab.emulate_media(media="print", color_scheme="dark")
    assert not tab.locator(".bar").is_visible()
    assert tab.locator("#edges").is_visible()
    assert tab.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(251, 251, 249)"
    assert len(tab.pdf()) > 1_000


def test_the_policy_lets_run_only_what_the_page_holds():
    html = page(ordinary())
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', html).group(1).replace("&#39;", "'")
    assert policy.startswith("default-src 'none'; script-src 'sha256-")
    assert "unsafe" not in policy
    for tag in ("script", "style"):
        for text in re.findall(rf"<{tag}>(.*?)</{tag}>", html, re.DOTALL):
            digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
            assert f"'sha256-{digest}'" in policy


def test_the_data_cannot_end_its_block():
    html = page(hostile())
    block = re.search(r'<script type="application/json" id="data">(.*?)</script>', html, re.DOTALL).group(1)
    assert not set(block) & set("<>&\u2028\u2029")
    assert norm(HOSTILE[1]) in json.loads(block)["nodes"][0]["name"]


def test_it_is_stamped_and_names_the_licence_of_what_it_contains():
    html = page(ordinary())
    for text in ("Place: Tajikistan", "A made-up network", "version abc", "TLP:AMBER+STRICT", "Dates in the data",
                 "A missing edge is not a missing tie.", "vis.js is dual licensed"):  # fmt: skip
        assert text in html
    assert "sourceMappingURL" not in html
    assert "cdn" not in html.replace(page.__module__, "")[:20_000]


def test_the_same_network_gives_the_same_bytes_in_every_process(tmp_path):
    code = (
        "import sys, networkx as nx; from viz.standalone import page;"
        "g = nx.MultiDiGraph(title='T'); g.add_node('a', label='A');"
        "g.add_edge('b', 'a', key='k', label='x', kind='y');"
        "sys.stdout.buffer.write(page(g).encode())"
    )
    told = {
        subprocess.run(
            [sys.executable, "-W", "ignore", "-c", code],
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": ".", "HOME": str(tmp_path)},
            capture_output=True, check=True,
        ).stdout
        for seed in ("1", "2")
    }  # fmt: skip
    assert len(told) == 1


def test_a_network_of_any_origin_can_be_drawn():
    assert "Network – Concert" in page(nx.MultiDiGraph([("a", "b")]))
    assert MOST_NODES == 2_000
    assert MOST_EDGES == 6_000


def test_pyvis_is_imported_only_to_draw():
    code = "import sys, viz.standalone; sys.exit('pyvis' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], env={"PYTHONPATH": "."}, check=False).returncode == 0
