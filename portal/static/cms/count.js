/* Counts what the criteria of a listing find, at the button and after each change. */
(() => {
  const own = (form, prefix) => {
    const data = new FormData();
    for (const [name, value] of new FormData(form)) {
      const ours = name === "csrfmiddlewaretoken" || (prefix ? name.startsWith(`${prefix}-`) : !name.includes("-"));
      if (ours && typeof value === "string") data.append(name, value);
    }
    data.set("prefix", prefix);
    return data;
  };
  const count = async (place) => {
    const form = place.closest("form");
    const answer = await fetch(place.dataset.url, { method: "POST", body: own(form, place.dataset.prefix) });
    if (answer.ok) place.querySelector("output").textContent = (await answer.json()).words;
  };
  const all = () => document.querySelectorAll("[data-listing-count]").forEach(count);
  let waiting;
  const later = (event) => {
    if (!event.target.closest("form")?.querySelector("[data-listing-count]")) return;
    clearTimeout(waiting);
    waiting = setTimeout(all, 400);
  };
  document.addEventListener("change", later);
  document.addEventListener("click", (event) => {
    const place = event.target.closest("[data-listing-count]");
    if (place && event.target.closest("button")) count(place);
  });
  document.addEventListener("DOMContentLoaded", all);
})();
