"""Lists of any length for a big screen, sealed as a stranger would, and a walk over all of its pages."""

from __future__ import annotations

from typing import Any

from tests.portal.publicity import reading

SIZES = ((1280, 720), (1920, 1080), (3840, 2160), (1080, 1920))
COLUMNS = ("row", "code", "name", "community", "persons", "amount")
LABELS = ("序号", "行码", "申请人", "社区", "家庭人口", "月保障金额（元）")
LONG_NAME = "阿卜杜热依木*********买买提"
LONG_PLACE = "明河区河东街道第二十三居民委员会东园西路联合社区"

#: what is drawn now: each row's words, how many rows are cut at an edge; text smaller than 36 px at 1920
LOOK = """() => {
  const main = document.querySelector("#frame main").getBoundingClientRect();
  const rows = [...document.querySelectorAll("#list tbody tr")];
  const outside = box => box.bottom > main.bottom + .5 || box.right > main.right + .5 || box.top < main.top;
  const small = Math.max(innerWidth, innerHeight) / 1920 * 36 - .1;
  const texts = [...document.querySelectorAll("#frame *")].filter(one => one.getClientRects().length
    && [...one.childNodes].some(node => node.nodeType === 3 && node.textContent.trim()));
  return {
    cap: document.querySelector("#cap").textContent,
    rows: rows.map(row => [...row.cells].map(cell => cell.textContent)),
    cut: rows.filter(row => outside(row.getBoundingClientRect())).map(row => row.textContent)
      .concat([...document.querySelectorAll("#list tbody :is(td, th)")]
        .filter(cell => cell.scrollWidth > cell.clientWidth + 1).map(cell => cell.textContent)),
    small: texts.filter(one => parseFloat(getComputedStyle(one).fontSize) < small).map(one => one.outerHTML),
    foot: document.querySelector("footer").getBoundingClientRect().bottom > innerHeight + 4,
  };
}"""
#: the same for every page of a cycle, each turned by the key
CYCLE = f"""async () => {{
  const frame = () => new Promise(requestAnimationFrame);
  await frame().then(frame);  // the browser tells of a new size with its next frame
  const look = {LOOK}, seen = [look()];
  for (let n = 0; n < 999; n++) {{
    dispatchEvent(new KeyboardEvent("keydown", {{key: "ArrowRight"}}));
    const now = look();
    if (now.cap === seen[0].cap) return seen;
    seen.push(now);
  }}
}}"""


def row(number: int) -> dict[str, Any]:
    long = number % 7 == 3
    return {
        "row": number,
        "code": f"{number:04d}-ABCD".replace("0", "Z").replace("1", "Y"),
        "name": LONG_NAME if long else "withheld-by-law" if number % 11 == 5 else "王*英",
        "community": "10102" if number % 5 == 2 else "10101",
        "persons": 1 + number % 4,
        "amount": f"{500 + number}.00",
    }


def item(base: dict[str, Any], size: int) -> dict[str, Any]:
    """A list of `size` rows in place of the one that the site gave."""
    rows = [row(number) for number in range(1, size + 1)]
    salts = [f"{number:032x}" for number in range(1, size + 1)]
    seals = [reading.commitment(salt, one) for salt, one in zip(salts, rows, strict=True)]
    head = {**base["head"], "columns": list(COLUMNS)}
    digest = reading.digest({**head, "commitments": seals})
    amounts = {one["amount"]: one["amount"].removesuffix(".00") for one in rows}
    return {
        **base,
        "head": head,
        "seals": [None] * size,
        "digest": digest,
        "code": reading.check_code(digest),
        "columns": [
            [key, label, int(key in ("row", "persons", "amount"))]
            for key, label in zip(COLUMNS, LABELS, strict=True)
        ],
        "rows": [[place, salt, one] for place, (salt, one) in enumerate(zip(salts, rows, strict=True))],
        "words": {
            "name": {"withheld-by-law": "依法不公开姓名"},
            "community": {"10101": "东园社区", "10102": LONG_PLACE},
            "amount": amounts,
        },
        "total": size,
    }
