/* Big screen, plain ES2017; the device keeps a random key, nothing else. Data: portal/publicity/screen_data.py */
(() => {
  "use strict";
  const $ = id => document.getElementById(id), set = document.body.dataset, subtle = window.crypto && crypto.subtle;
  const frame = $("frame"), main = frame.querySelector("main"), table = $("list"), body = table.tBodies[0];
  const read = id => JSON.parse($(id).textContent), words = read("words"), clock = () => performance.now();
  const SYMBOLS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
  let items = [], notice, at = 0, page = 0, pages = [], trs = [], tall = 0, paused, offline, etag = "", key;
  let base, wall, mono, good, since, wait, asked, said;

  /* as relief/ledger/canonical.py and relief/publicity/digest.py */
  const canonical = v => {
    if (v === null || typeof v === "boolean" || Number.isSafeInteger(v)) return JSON.stringify(v);
    if (typeof v === "string") return JSON.stringify(v.normalize("NFC"));
    if (Array.isArray(v)) return `[${v.map(canonical)}]`;
    const keys = Object.keys(v).sort();
    if (typeof v !== "object" || /[^\0-\x7f]/.test(keys)) throw TypeError(v);
    return `{${keys.map(k => `${JSON.stringify(k)}:${canonical(v[k])}`)}}`;
  };
  const utf8 = v => new TextEncoder().encode(canonical(v));
  const sha = async bytes => [...new Uint8Array(await subtle.digest("SHA-256", bytes))]
    .map(b => b.toString(16).padStart(2, "0")).join("");
  const commitment = (salt, row) => sha(Uint8Array.from([...salt.match(/../g).map(h => parseInt(h, 16)), ...utf8(row)]));
  const digestOf = (head, commitments) => sha(utf8(Object.assign({}, head, {commitments})));
  const codeOf = hex => [7, 6, 5, 4, 3, 2, 1, 0]
    .map(k => SYMBOLS[Math.floor(parseInt(hex.slice(0, 10), 16) / 32 ** k) % 32]).join("").replace(/^..../, "$&-");
  const check = async item => {
    item.drawn = item.code;
    item.state = "unchecked";
    if (!subtle) return;
    item.state = "mismatch";
    const seals = item.seals.slice();
    await Promise.all(item.rows.filter(row => row[1]).map(async ([n, salt, row]) => {
      if (seals[n]) throw n;  // two rows for one
      seals[n] = 1;
      seals[n] = await commitment(salt, row);
    }));
    const found = await digestOf(item.head, seals);
    item.drawn = codeOf(found);
    if (found === item.digest && item.drawn === item.code) item.state = "ok";
  };

  /* the server's clock, counted on so that names rather go too early */
  const sync = ms => { base = good = ms; wall = Date.now(); asked = mono = clock(); };
  const now = () => base + Math.max(Date.now() - wall, clock() - mono);
  const alive = item => now() < item.until;

  const put = (id, text) => { if ($(id).textContent !== text) $(id).textContent = text; };
  const fill = (text, values) => text.replace(/{(\w)}/g, (_, name) => values[name]);
  const add = (to, tag, text, look) => {
    const one = to.appendChild(document.createElement(tag));
    one.textContent = text;
    one.className = look || "";
    return one;
  };
  const draw = (item, [, salt, row]) => {
    const tr = document.createElement("tr");
    for (const [key, label, numeric] of salt ? item.columns : []) {
      const cell = add(tr, key === "name" ? "th" : "td", (item.words[key] || {})[row[key]] || row[key], numeric ? "n" : key);
      if (numeric) cell.setAttribute("data-label", label);
    }
    if (!salt) {
      add(tr, "td", row.row, "n");
      add(tr, "td", words.left).colSpan = item.columns.length - 1;
    }
    return tr;
  };
  const caption = (item, from, to, n, m) => fill(`${words.page} · ${item.place ? words.cut : words.rows}`, {n, m,
    a: item.rows[from][2].row, b: item.rows[to - 1][2].row, t: item.total, c: item.rows.length, p: item.place});
  const layout = () => {
    const item = items[at], count = item.rows.length, cols = table.firstElementChild, head = table.tHead.rows[0];
    ["title", "period", "ask"].forEach(id => put(id, item[id]));
    $("qr").setAttribute("viewBox", item.qr[0]);
    $("qr").firstChild.setAttribute("d", item.qr[1]);
    tall = 0;
    status();
    table.className = cols.textContent = head.textContent = body.textContent = "";
    for (const [, label, numeric] of item.columns) {
      add(head, "th", label, numeric && "n").scope = "col";
      add(cols, "col");
    }
    trs = item.rows.map(row => draw(item, row));
    body.append(...trs);
    put("cap", caption(item, count - 1, count, count, count));
    const widths = [...head.cells].map(cell => cell.getBoundingClientRect().width), wide = table.offsetWidth > $("cap").offsetWidth;
    [...cols.children].forEach((col, n) => { col.style.width = `${widths[n]}px`; });
    table.className = wide ? "stack" : "fix";
    tall = main.clientHeight;
    const room = main.getBoundingClientRect().bottom - body.getBoundingClientRect().top - 4;
    let top;
    pages = [];
    trs.forEach((tr, n) => {
      const box = tr.getBoundingClientRect();
      if (!n || box.bottom - top > room) {
        top = box.top;
        pages.push([n]);
      }
      pages[pages.length - 1][1] = n + 1;
    });
  };
  const show = () => {
    const [from, to] = pages[page];
    body.textContent = "";
    body.append(...trs.slice(from, to));
    put("cap", caption(items[at], from, to, page + 1, pages.length));
    put("dots", pages.length < 13 ? pages.map((_, n) => n === page ? "●" : "○").join("") : "");
    since = clock();
    wait = Math.max(set.dwell * 1e3, 1200 * (to - from));
  };
  const open = (n, row) => {
    const count = items.length, none = !count;
    for (const id of ["cap", "list", "qr", "ask", "proof", "pages", "time"]) $(id).toggleAttribute("hidden", none);
    $("notice").hidden = !none;
    if (none) {
      trs = pages = [];
      body.textContent = $("notice").textContent = "";
      if (notice.head) put("title", notice.head);
      add($("notice"), "h2", notice.title);
      notice.lines.forEach(line => add($("notice"), "p", line));
      return status();
    }
    at = (n + count) % count;
    layout();
    page = Math.max(0, pages.findIndex(one => row < one[1]));
    show();
  };
  const again = () => items.length && open(at, pages[page][0]);
  const step = n => {
    page += n;
    if (pages[page]) show();
    else if (items.length) open(at + n, n > 0 ? 0 : items[(at || items.length) - 1].rows.length - 1);
  };
  const wrong = () => items.find(item => item.state === "mismatch");
  const status = () => {
    const item = items[at], when = new Date(good + 288e5).toISOString().slice(0, 16).replace("T", " ");
    put("at", fill(offline ? words.offline : words.at, {t: when}));
    $("at").className = offline ? "old" : "";
    put("bar", wrong() ? words.bar : "");
    $("bar").hidden = !wrong();
    if (!item) return;
    put("code", item.drawn);
    put("check", words[item.state]);
    $("left").textContent = "";
    (item.left[Math.ceil((item.last - now()) / 864e5) - 1] || item.stands).split(/(\d+)/)
      .forEach((part, n) => add($("left"), n % 2 ? "b" : "span", part));
    if (tall && tall !== main.clientHeight) again();
  };

  const take = async data => {
    const old = items[at], row = old ? pages[page][0] : 0;
    await Promise.all(data.items.map(item => check(item).catch(() => 0)));
    items = data.items.filter(alive);
    notice = data.notice;
    const n = items.findIndex(item => old && item.number === old.number);
    open(Math.max(n, 0), n < 0 ? 0 : row);
  };
  const refresh = async () => {
    const was = offline, headers = etag ? {"If-None-Match": etag} : {};
    asked = clock();
    try {
      const answer = await Promise.race([fetch(set.url, {cache: "no-store", credentials: "omit", headers}),
        new Promise((_, fail) => setTimeout(fail, 3e4))]);
      const gone = answer.status === 404 || answer.status === 410;
      if (!answer.ok && answer.status !== 304 && !gone) throw 0;
      const data = gone ? {items: [], notice: words.gone} : answer.ok && await answer.json();
      sync(Number(answer.headers.get("X-Server-Time")) || now());
      offline = false;
      if (data) await take(data);
      if (data || was) beat();
      etag = answer.headers.get("ETag") || "";
    } catch (fault) {
      offline = true;
    }
    status();
  };
  const beat = () => {
    said = clock();
    if (!set.beat) return;
    try {
      key = key || localStorage.screen
        || [...crypto.getRandomValues(new Uint8Array(22))].map(n => SYMBOLS[n % 32]).join("");
      localStorage.screen = key;
    } catch (closed) {}
    const item = wrong() || items[at] || {number: "", drawn: "", state: "over"};
    fetch(set.beat, {method: "POST", credentials: "omit", headers: {"Content-Type": "application/json"},
      body: JSON.stringify({key, path: location.pathname + location.search, number: item.number, code: item.drawn,
        state: offline && !wrong() ? "offline" : item.state, size: `${innerWidth}x${innerHeight}`})}).catch(() => 0);
  };
  const tick = () => {
    const past = from => (clock() - from) / 1e3, n = Math.floor(now() / 36e5) % 4;
    if (!items.every(alive)) {
      items = items.filter(alive);
      etag = "";
      open(0, 0);
      refresh();
    }
    status();
    if (!paused && past(since) * 1e3 >= wait) step(1);
    if (past(asked) >= set.refresh) refresh();
    if (past(said) >= set.pulse) beat();
    frame.style.transform = `translate(${n % 3 ? 3 : 0}px,${n > 1 ? 3 : 0}px)`;  // against burn-in
  };
  const pause = () => {
    paused = !paused;
    since = clock();
    put("pause", paused ? words.play : words.pause);
  };
  $("pause").onclick = pause;
  $("next").onclick = () => step(1);
  $("back").onclick = () => step(-1);
  onkeydown = event => {
    const n = {ArrowRight: 1, PageDown: 1, ArrowLeft: -1, PageUp: -1}[event.key];
    if (n) step(n);
    else if (event.key === " " && event.target.tagName !== "BUTTON") pause();
  };
  onresize = again;
  ononline = refresh;
  onoffline = () => { offline = true; status(); };
  document.onvisibilitychange = () => document.hidden || refresh();
  window.capScreen = {canonical, commitment, digestOf, codeOf};

  sync(Number(set.now));
  frame.hidden = false;
  take(read("data")).then(() => { beat(); setInterval(tick, 1e3); });
})();
