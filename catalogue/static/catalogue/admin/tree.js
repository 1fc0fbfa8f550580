/* The tree of units, for those who run scripts: branches come one by one, and the keys of the
   WAI-ARIA tree pattern work, with those that move. Without scripts every link does the same. */

const tree = document.getElementById("tree");
const said = document.getElementById("tree-said");
const way = document.getElementById("tree-way");
const settings = tree?.dataset ?? {};
let current = null;
let hand = [];
let typed = "";
let typing = 0;

const items = () => [...tree.querySelectorAll('[role="treeitem"]')].filter((item) => item.offsetParent !== null || item.getClientRects().length);
const rowOf = (item) => item.querySelector(":scope > .tree-row");
const groupOf = (item) => item.querySelector(':scope > [role="group"]');
const nameOf = (item) => rowOf(item).querySelector(".name")?.textContent.replace(/\s+/g, " ").trim() ?? item.getAttribute("aria-label");
const parentOf = (item) => item.parentElement.closest('[role="treeitem"]');
const unitOf = (item) => item.dataset.unit;
const isOpen = (item) => item.getAttribute("aria-expanded") === "true";

function say(words, undo = "") {
  said.replaceChildren(words);
  if (!undo) return;
  const link = document.createElement("a");
  link.href = undo;
  link.textContent = settings.saidUndo;
  said.append(" ", link);
}

// --- the focus: one stop of the Tab key in the tree, and the controls of that row after it ---

function controls(item) {
  return rowOf(item).querySelectorAll("a, input, summary, button");
}

function quieten(root) {
  for (const item of root.querySelectorAll('[role="treeitem"]')) {
    item.tabIndex = -1;
    for (const control of controls(item)) control.tabIndex = -1;
    rowOf(item).draggable = Boolean(settings.mayChange && unitOf(item));
  }
}

function make(item, { focus = true } = {}) {
  if (!item) return;
  if (current?.isConnected) {
    current.tabIndex = -1;
    for (const control of controls(current)) control.tabIndex = -1;
  }
  current = item;
  item.tabIndex = 0;
  for (const control of controls(item)) control.tabIndex = 0;
  if (!focus) return;
  item.focus({ preventScroll: true });
  rowOf(item).scrollIntoView({ block: "nearest" });
}

// --- branches ---

async function fetched(parameters) {
  const query = new URLSearchParams(settings.where);
  if (settings.moving) query.set("moving", settings.moving);
  for (const [name, value] of Object.entries(parameters)) if (value) query.set(name, value);
  tree.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(`${settings.branch}?${query}`, { headers: { Accept: "text/html" } });
    if (!answer.ok || answer.redirected) throw new Error(answer.status);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const group = page.querySelector('[role="group"]');
    quieten(group);
    return group;
  } catch {
    say(settings.saidFailed);
    return null;
  } finally {
    tree.removeAttribute("aria-busy");
  }
}

async function open(item) {
  if (!item.hasAttribute("aria-expanded") || isOpen(item)) return;
  const kept = groupOf(item);
  if (kept) kept.hidden = false;
  else {
    const group = await fetched({ parent: unitOf(item) });
    if (!group) return;
    item.append(group);
  }
  turn(item, true);
}

function close(item) {
  if (item.contains(document.activeElement)) make(item);
  groupOf(item).hidden = true;
  turn(item, false);
}

function turn(item, opened) {
  item.setAttribute("aria-expanded", String(opened));
  rowOf(item).querySelector(".twig > span").textContent = opened ? "▾" : "▸";
  keepAddress();
}

/** Reloading or going back shows the same branches. */
function keepAddress() {
  const query = new URLSearchParams(settings.where);
  const opened = items().filter(isOpen).map(unitOf).slice(0, 40);
  if (opened.length) query.set("open", opened.join(","));
  if (settings.moving) query.set("moving", settings.moving);
  history.replaceState(null, "", `${settings.page}?${query.toString().replaceAll("%2C", ",")}`);
}

/** The next window, put in the place of the row that leads to it. */
async function more(item) {
  const list = item.parentElement;
  const anchor = item.dataset.anchor;
  const group = await fetched({ parent: list.dataset.parent, at: anchor });
  if (!group) return;
  const below = anchor.endsWith("..");
  // The way back to what is here already.
  (below ? group.firstElementChild : group.lastElementChild)?.matches(".more") &&
    (below ? group.firstElementChild : group.lastElementChild).remove();
  const rows = [...group.children];
  item.replaceWith(...rows);
  const next = below ? rows[0] : rows.findLast((row) => !row.matches(".more"));
  make(next);
}

async function jump(form) {
  const list = form.closest("ul");
  const group = await fetched({ parent: list.dataset.parent, goto: form.elements.goto.value });
  if (!group) return;
  const wanted = group.dataset.focus && group.querySelector(`#unit-${group.dataset.focus}`);
  if (list.getAttribute("role") === "tree") list.replaceChildren(...group.children);
  else list.replaceWith(group);
  make(wanted || tree.querySelector('[role="treeitem"]'));
  if (current) rowOf(current).scrollIntoView({ block: "center" });
}

// --- choosing and moving ---

function choose(item, chosen) {
  const box = rowOf(item).querySelector("input[type=checkbox]");
  if (!box) return;
  box.checked = chosen ?? !box.checked;
  item.setAttribute("aria-selected", String(box.checked));
}

const chosen = () => [...tree.querySelectorAll("input[name=moving]:checked")].map((box) => box.closest('[role="treeitem"]'));

function take(list) {
  for (const item of tree.querySelectorAll(".in-hand-now")) item.classList.remove("in-hand-now");
  hand = list.map(unitOf);
  for (const item of list) item.classList.add("in-hand-now");
  say(list.length ? settings.saidCut.replace("%s", list.map(nameOf).join("; ")) : settings.saidDropped);
}

/** To the page that shows what would change. */
function put(units, place, item) {
  const query = new URLSearchParams({ units: units.join(","), place, at: unitOf(item) });
  location.assign(`${settings.move}?${query}`);
}

async function step(item, direction) {
  const body = new FormData(document.getElementById("step"));
  body.set(direction, unitOf(item));
  let answer;
  try {
    const response = await fetch(settings.step, { method: "POST", body, headers: { Accept: "application/json" } });
    if (!response.ok) throw new Error(response.status);
    answer = await response.json();
  } catch {
    say(settings.saidFailed);
    return;
  }
  const beside = direction === "up" ? item.previousElementSibling : item.nextElementSibling;
  if (answer.undo && beside?.matches(".more")) {
    location.reload();
    return;
  }
  if (answer.undo && beside) beside[direction === "up" ? "before" : "after"](item);
  make(item);
  say(answer.said, answer.undo);
}

// --- keys ---

const vertical = { ArrowDown: 1, ArrowUp: -1 };

const keys = {
  Home: () => make(items()[0]),
  End: () => make(items().at(-1)),
  ArrowRight: (item) => {
    if (!item.hasAttribute("aria-expanded")) return;
    if (isOpen(item)) make(groupOf(item).querySelector('[role="treeitem"]'));
    else open(item);
  },
  ArrowLeft: (item) => (isOpen(item) ? close(item) : make(parentOf(item))),
  Enter: (item) => (item.matches(".more") ? more(item) : rowOf(item).querySelector(".name a").click()),
  " ": (item) => choose(item),
  Escape: () => hand.length && take([]),
  "*": (item) => [...item.parentElement.children].slice(0, 20).forEach(open),
};

const chords = {
  x: (item) => settings.mayChange && take(chosen().length ? chosen() : [item]),
  v: (item, event) => hand.length && put(hand, event.shiftKey ? "after" : "under", item),
};

function onKey(event) {
  const item = event.target;
  if (item.getAttribute?.("role") !== "treeitem") return;
  const act = actionFor(event, item);
  if (!act) return;
  event.preventDefault();
  act();
}

function actionFor(event, item) {
  const { key } = event;
  if (event.altKey) return key in vertical && settings.mayChange && unitOf(item) && (() => step(item, key === "ArrowUp" ? "up" : "down"));
  if (event.ctrlKey || event.metaKey) {
    const chord = unitOf(item) && chords[key.toLowerCase()];
    return chord && (() => chord(item, event));
  }
  if (key in vertical) return () => make(neighbour(item, vertical[key]));
  if (key === "ContextMenu" || (event.shiftKey && key === "F10")) return () => menu(item);
  if (keys[key]) return () => keys[key](item);
  return key.length === 1 && (() => seek(item, key));
}

function neighbour(item, by) {
  const all = items();
  return all[all.indexOf(item) + by];
}

function menu(item) {
  const details = rowOf(item).querySelector(".menu");
  if (!details) return;
  details.open = true;
  details.querySelector("a, button").focus();
}

/** Typeahead: the segment or the title begins so. */
function seek(item, key) {
  clearTimeout(typing);
  typing = setTimeout(() => (typed = ""), 700);
  typed += key.toLocaleLowerCase();
  const all = items();
  const from = all.indexOf(item) + (typed.length === 1 ? 1 : 0);
  const words = (one) => ["segment", "level"].map((name) => rowOf(one).querySelector(`.${name}`)?.textContent ?? "").concat(rowOf(one).querySelector(".name a")?.textContent ?? "");
  const found = [...all.slice(from), ...all.slice(0, from)].find((one) => words(one).some((word) => word.toLocaleLowerCase().startsWith(typed)));
  if (found) make(found);
}

// --- the pointer ---

function onClick(event) {
  const item = event.target.closest('[role="treeitem"]');
  if (!item || event.ctrlKey || event.metaKey || event.shiftKey) return;
  if (event.target.closest(".twig[href]")) {
    event.preventDefault();
    if (isOpen(item)) close(item);
    else open(item);
    make(item);
  } else if (item.matches(".more") && event.target.closest("a")) {
    event.preventDefault();
    more(item);
  } else if (event.target.closest("button[form=step]")) {
    event.preventDefault();
    event.target.closest("details").open = false;
    step(item, event.target.closest("button").name);
  } else if (event.target.matches("input[type=checkbox]")) {
    choose(item, event.target.checked);
    make(item, { focus: false });
  } else if (!event.target.closest("a, button, summary, input, label")) make(item);
}

let dragged = [];
let over = null;
let waiting = 0;

function third(event, row) {
  const box = row.getBoundingClientRect();
  const part = (event.clientY - box.top) / box.height;
  return part < 0.3 ? "before" : part > 0.7 ? "after" : "under";
}

function unmark() {
  over?.classList.remove("drop-before", "drop-after", "drop-under");
  clearTimeout(waiting);
  over = null;
}

function onDragStart(event) {
  const item = event.target.closest?.('[role="treeitem"]');
  if (!item || !unitOf(item)) return;
  const all = chosen();
  dragged = all.includes(item) ? all : [item];
  event.dataTransfer.effectAllowed = "move";
  event.dataTransfer.setData("text/plain", dragged.map(nameOf).join("; "));
}

function onDragOver(event) {
  const row = event.target.closest(".tree-row");
  const item = row?.parentElement;
  if (!dragged.length || !item || !unitOf(item) || dragged.some((one) => one.contains(item))) return unmark();
  event.preventDefault();
  event.dataTransfer.dropEffect = "move";
  if (over !== row) {
    unmark();
    over = row;
    waiting = setTimeout(() => open(item), 800); // who waits wants to go in
  }
  for (const side of ["before", "after", "under"]) row.classList.toggle(`drop-${side}`, third(event, row) === side);
}

function onDrop(event) {
  const row = event.target.closest(".tree-row");
  if (!row || row !== over) return;
  event.preventDefault();
  put(dragged.map(unitOf), third(event, row), row.parentElement);
}

// --- the way from the top to the first row in sight ---

function showWay() {
  const edge = (way.offsetHeight || 28) + 14; // the first row that is not cut off
  const at = document.elementFromPoint(tree.getBoundingClientRect().left + 60, Math.max(edge, tree.getBoundingClientRect().top + 1));
  let item = at?.closest?.('[role="treeitem"]');
  const steps = [];
  while (item && (item = parentOf(item))) steps.unshift(item);
  way.hidden = steps.length === 0 || tree.getBoundingClientRect().top > 0;
  if (way.hidden) return;
  const links = steps.flatMap((step, place) => {
    const link = document.createElement("a");
    link.href = `#${step.id}`;
    const row = rowOf(step);
    link.textContent = row.querySelector(".segment")?.textContent ?? nameOf(step).slice(0, 30);
    link.title = nameOf(step);
    return place ? [" › ", link] : [link];
  });
  const last = steps.at(-1);
  way.replaceChildren(...links, " ", rowOf(last).querySelector(".name a").textContent);
}

if (tree) {
  tree.classList.add("has-keys");
  quieten(tree);
  const wanted = location.hash.startsWith("#unit-") && document.getElementById(location.hash.slice(1));
  make(wanted || tree.querySelector('[role="treeitem"]'), { focus: Boolean(wanted) });
  if (wanted) rowOf(wanted).scrollIntoView({ block: "center" });
  tree.addEventListener("keydown", onKey);
  tree.addEventListener("click", onClick);
  tree.addEventListener("focusin", (event) => {
    const item = event.target.closest('[role="treeitem"]');
    if (item && item !== current) make(item, { focus: false });
  });
  tree.addEventListener("submit", (event) => {
    event.preventDefault();
    jump(event.target);
  });
  tree.addEventListener("dragstart", onDragStart);
  tree.addEventListener("dragover", onDragOver);
  tree.addEventListener("drop", onDrop);
  tree.addEventListener("dragend", () => {
    unmark();
    dragged = [];
  });
  document.addEventListener("click", (event) => {
    for (const menu of tree.querySelectorAll(".menu[open]")) if (!menu.contains(event.target)) menu.open = false;
  });
  tree.addEventListener("keydown", (event) => {
    const menu = event.key === "Escape" && event.target.closest(".menu[open]");
    if (!menu) return;
    menu.open = false;
    make(menu.closest('[role="treeitem"]'));
  });
  way.addEventListener("click", (event) => {
    const link = event.target.closest("a");
    if (!link) return;
    event.preventDefault();
    const item = document.getElementById(link.hash.slice(1));
    make(item);
    rowOf(item).scrollIntoView({ block: "center" });
  });
  let drawn = false;
  addEventListener("scroll", () => {
    if (drawn) return;
    drawn = true;
    requestAnimationFrame(() => {
      drawn = false;
      showWay();
    });
  }, { passive: true, capture: true });
}
