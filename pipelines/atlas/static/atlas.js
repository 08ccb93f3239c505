/* Search, sorting, and a fact's card where its words are. The pages can be read without any of it. */
(() => {
  "use strict";
  const root = document.body.dataset.root;

  // Sorting: a click on a heading of a sortable table. Numbers sort as numbers, words by the Chinese order.
  const collator = new Intl.Collator("zh-CN", { numeric: true });
  const key = (row, column) => {
    const cell = row.cells[column];
    return cell.dataset.sort ?? cell.textContent.trim();
  };
  const compare = (one, other, numeric) => {
    if (one === "" || other === "") return (one === "") - (other === "");
    return numeric ? parseFloat(one.replaceAll(",", "")) - parseFloat(other.replaceAll(",", "")) : collator.compare(one, other);
  };
  for (const table of document.querySelectorAll("table.sortable")) {
    const headings = [...table.tHead.rows[0].cells];
    headings.forEach((heading, column) => {
      if (heading.tagName !== "TH" || heading.classList.contains("unsorted")) return;
      const button = document.createElement("button");
      button.type = "button";
      button.className = "sort-button";
      button.append(...heading.childNodes);
      heading.append(button);
      button.addEventListener("click", () => {
        const numeric = heading.classList.contains("number");
        const before = heading.getAttribute("aria-sort");
        const down = before ? before === "ascending" : numeric;
        headings.forEach((other) => other.removeAttribute("aria-sort"));
        heading.setAttribute("aria-sort", down ? "descending" : "ascending");
        const body = table.tBodies[0];
        const rows = [...body.rows].map((row) => [key(row, column), row]);
        rows.sort(([one], [other]) => {
          const order = compare(one, other, numeric);
          return one === "" || other === "" ? order : down ? -order : order;
        });
        body.append(...rows.map(([, row]) => row));
      });
    });
  }

  // Search: the index is a script, so that it also loads from a disk; it is fetched when the box is first used.
  const searching = (box) => {
    const input = document.getElementById("q");
    const list = document.getElementById("found");
    const MOST = 12;
    let chosen = -1;
    box.hidden = false;
    const load = () => new Promise((done) => {
      if (window.xianzhiSearch) return done();
      const script = document.createElement("script");
      script.src = `${root}search.js`;
      script.addEventListener("load", done);
      document.head.append(script);
    });
    const choose = (number) => {
      const options = [...list.children];
      chosen = options.length ? (number + options.length) % options.length : -1;
      options.forEach((option, at) => option.setAttribute("aria-selected", String(at === chosen)));
      if (chosen >= 0) {
        input.setAttribute("aria-activedescendant", options[chosen].id);
        options[chosen].scrollIntoView({ block: "nearest" });
      } else input.removeAttribute("aria-activedescendant");
    };
    const close = () => {
      list.hidden = true;
      input.setAttribute("aria-expanded", "false");
      choose(-1);
    };
    const show = (entries) => {
      list.replaceChildren(...entries.map(([sort, name, address], number) => {
        const option = document.createElement("li");
        option.id = `found-${number}`;
        option.setAttribute("role", "option");
        const link = document.createElement("a");
        link.href = root + address;
        link.tabIndex = -1;
        const label = document.createElement("span");
        label.className = "sort";
        label.textContent = sort;
        link.append(label, name);
        option.append(link);
        return option;
      }));
      chosen = -1;
      input.removeAttribute("aria-activedescendant");
      list.hidden = entries.length === 0;
      input.setAttribute("aria-expanded", String(entries.length > 0));
    };
    const search = () => {
      const words = input.value.trim().toLowerCase().split(/\s+/).filter(Boolean);
      if (!words.length || !window.xianzhiSearch) return close();
      const found = [];
      for (const [sort, name, address, more] of window.xianzhiSearch) {
        const text = `${name} ${more}`.toLowerCase();
        if (!words.every((word) => text.includes(word))) continue;
        const start = name.toLowerCase().indexOf(words[0]);
        found.push([start < 0 ? 99 : start === 0 && name.length === words[0].length ? -1 : start, sort, name, address]);
      }
      found.sort((one, other) => one[0] - other[0]);
      show(found.slice(0, MOST).map(([, ...entry]) => entry));
    };
    input.addEventListener("focus", () => load().then(search));
    input.addEventListener("input", () => load().then(search));
    input.addEventListener("keydown", (event) => {
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        choose(event.key === "ArrowDown" ? chosen + 1 : chosen < 0 ? -1 : chosen - 1);
      } else if (event.key === "Enter") {
        list.children[Math.max(chosen, 0)]?.querySelector("a").click();
      } else if (event.key === "Escape") close();
    });
    document.addEventListener("click", (event) => { if (!box.contains(event.target)) close(); });
  };
  // A page that is a file of its own has no search.
  const box = document.querySelector(".search");
  if (box) searching(box);

  // A document: the facts of the words under the pointer, the focus or the finger.
  const raw = document.querySelector(".raw");
  if (!raw) return;
  const popover = document.createElement("div");
  popover.className = "popover";
  popover.id = "popover";
  popover.setAttribute("role", "tooltip");
  popover.hidden = true;
  document.body.append(popover);
  const factsOf = (run) => run.dataset.facts.split(" ");
  const runsOf = new Map();
  for (const run of raw.querySelectorAll(".fact")) {
    for (const fact of factsOf(run)) runsOf.set(fact, [...(runsOf.get(fact) ?? []), run]);
  }
  const light = (facts) => {
    for (const lit of document.querySelectorAll(".fact.current, .card.current")) lit.classList.remove("current");
    for (const fact of facts) for (const run of runsOf.get(fact) ?? []) run.classList.add("current");
  };
  let shown = null;
  const hide = () => {
    shown?.removeAttribute("aria-describedby");
    shown = null;
    popover.hidden = true;
    light(target() ? [target()] : []);
  };
  const target = () => {
    const name = decodeURIComponent(location.hash.slice(1));
    return runsOf.has(name) ? name : null;
  };
  const open = (run, event) => {
    if (shown === run) return;
    shown?.removeAttribute("aria-describedby");
    shown = run;
    popover.replaceChildren(...factsOf(run).map((fact) => {
      const copy = document.getElementById(fact).cloneNode(true);
      copy.removeAttribute("id");
      copy.removeAttribute("tabindex");
      const card = document.createElement("div");
      card.className = copy.className;
      card.append(...copy.childNodes);
      for (const link of card.querySelectorAll("a")) link.replaceWith(...link.childNodes);
      return card;
    }));
    run.setAttribute("aria-describedby", "popover");
    popover.hidden = false;
    light([factsOf(run)[0]]);
    // Under the line that the pointer is on; above it where there is no room.
    const lines = [...run.getClientRects()];
    const line = lines.find((rect) => event?.clientY >= rect.top && event.clientY <= rect.bottom) ?? lines[0];
    const width = popover.offsetWidth;
    const left = Math.max(8, Math.min(line.left, document.documentElement.clientWidth - width - 8));
    const below = line.bottom + popover.offsetHeight + 12 < innerHeight || line.top < popover.offsetHeight;
    popover.style.left = `${left + scrollX}px`;
    popover.style.top = `${(below ? line.bottom + 6 : line.top - popover.offsetHeight - 6) + scrollY}px`;
  };
  const runAt = (event) => event.target.closest?.(".fact");
  let leaving = 0;
  raw.addEventListener("pointerover", (event) => {
    const run = runAt(event);
    clearTimeout(leaving);
    if (event.pointerType !== "mouse") return;
    if (run) open(run, event);
    else leaving = setTimeout(hide, 200);
  });
  // A finger that is lifted leaves as well, but the card stays until the next tap.
  const leave = (event) => { if (event.pointerType === "mouse") leaving = setTimeout(hide, 200); };
  raw.addEventListener("pointerleave", leave);
  popover.addEventListener("pointerenter", () => clearTimeout(leaving));
  popover.addEventListener("pointerleave", leave);
  raw.addEventListener("focusin", (event) => { const run = runAt(event); if (run?.matches(":focus-visible")) open(run); });
  raw.addEventListener("focusout", hide);
  raw.addEventListener("click", (event) => {
    const run = runAt(event);
    // On a narrow page the cards are far below: a tap shows the card here, a second one goes there.
    if (run && matchMedia("(max-width: 61.99rem)").matches && shown !== run) {
      event.preventDefault();
      open(run, event);
    }
  });
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") hide(); });
  document.addEventListener("click", (event) => { if (!raw.contains(event.target) && !popover.contains(event.target)) hide(); });

  // A link to a fact shows its words as well as its card.
  const follow = () => {
    const fact = target();
    hide();
    if (!fact || matchMedia("(max-width: 61.99rem)").matches) return;
    runsOf.get(fact)[0].scrollIntoView({ block: "center" });
    const list = document.querySelector(".card-list");
    const card = document.getElementById(fact);
    list.scrollTop += card.getBoundingClientRect().top - list.getBoundingClientRect().top - 8;
  };
  addEventListener("hashchange", follow);
  follow();
})();
