/* Proposals below a search box (WAI-ARIA combobox); without it the form works alone. Data: portal/finder/suggest.py */
(() => {
  "use strict";
  // which place a result had that was opened: counted without saying who (portal/finder/opened.py)
  for (const list of document.querySelectorAll("ol[data-opened]")) {
    const tell = event => {
      const line = event.button < 2 && event.target.closest("a") && event.target.closest("li");
      if (!line || !list.dataset.words) return;
      const place = list.start + [...list.children].indexOf(line);
      navigator.sendBeacon(list.dataset.opened, new URLSearchParams({ q: list.dataset.words, place }));
    };
    list.addEventListener("click", tell);
    list.addEventListener("auxclick", tell);
  }
  for (const input of document.querySelectorAll("input[data-suggest]")) {
    const list = document.createElement("ul");
    let items = [], at = -1, timer, asked = "";
    list.id = `${input.id}-proposals`;
    list.className = "cap-proposals";
    list.hidden = true;
    for (const [name, value] of [["role", "listbox"], ["aria-label", input.dataset.proposals]]) list.setAttribute(name, value);
    for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-expanded", "false"],
      ["aria-controls", list.id], ["autocomplete", "off"]]) input.setAttribute(name, value);
    input.after(list);

    const show = open => {
      list.hidden = !open;
      input.setAttribute("aria-expanded", String(open));
      if (!open) choose(-1);
    };
    const choose = n => {
      at = n;
      [...list.children].forEach((one, i) => one.setAttribute("aria-selected", String(i === n)));
      if (n < 0) input.removeAttribute("aria-activedescendant");
      else input.setAttribute("aria-activedescendant", list.children[n].id);
    };
    const draw = found => {
      items = found;
      list.replaceChildren(...items.map((item, i) => {
        const line = document.createElement("li");
        line.id = `${list.id}-${i}`;
        line.setAttribute("role", "option");
        line.textContent = item.title;
        line.addEventListener("mousedown", event => { event.preventDefault(); location.assign(item.url); });
        return line;
      }));
      show(items.length > 0 && document.activeElement === input);
    };
    const ask = async () => {
      const words = input.value.trim();
      if (words === asked) return;
      asked = words;
      if (!words) return draw([]);
      try {
        const answer = await fetch(`${input.dataset.suggest}?q=${encodeURIComponent(words)}`);
        const { items: found } = await answer.json();
        if (words === asked) draw(found);
      } catch { draw([]); }
    };
    input.addEventListener("input", event => {
      if (event.isComposing) return;
      clearTimeout(timer);
      timer = setTimeout(ask, 150);
    });
    input.addEventListener("compositionend", ask);
    input.addEventListener("blur", () => show(false));
    input.addEventListener("keydown", event => {
      if (event.isComposing || list.hidden) return;
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (step) {
        event.preventDefault();
        const n = at + step;
        choose(n >= items.length || n < -1 ? -1 : n < 0 && step < 0 && at < 0 ? items.length - 1 : n);
      } else if (event.key === "Escape") { event.preventDefault(); show(false); }
      else if (event.key === "Enter" && at >= 0) { event.preventDefault(); location.assign(items[at].url); }
    });
  }
})();
