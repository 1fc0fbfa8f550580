/* Nothing that was typed is lost. What is typed into a form is kept in this browser, for this
   person and this address, until it is saved or its writer signs out; and is offered back after an
   expired session, a refused save, a closed tab, or a crash. Passwords and files are never kept. */

const PREFIX = "opis.kept";
const SENT = "opis.sent";
const MOST_DAYS = 30;
const user = document.querySelector('meta[name="kept-for"]')?.content;
const texts = document.getElementById("kept-texts")?.content;
const form = document.querySelector("body.change-form #content-main form[method=post], form[data-keep]");
const key = `${PREFIX}:${user}:${location.pathname}`;

function stored(name) {
  try {
    return JSON.parse(localStorage.getItem(name));
  } catch {
    return null;
  }
}

// --- What is kept ---

const SKIPPED = new Set(["password", "file", "submit", "button", "image", "reset"]);

function isKept(field) {
  const isCount = field.name?.endsWith("-TOTAL_FORMS");
  const isHidden = field.type === "hidden" && !isCount;
  return field.name && !field.name.startsWith("_") && !isHidden && !SKIPPED.has(field.type) && !field.name.includes("__prefix__");
}

/** What a field says now: a text, whether it is checked, or the options that are chosen. */
function saying(field) {
  if (field.tagName === "SELECT") {
    return [...field.selectedOptions].map((option) => [option.value, option.text]);
  }
  return field.type === "checkbox" || field.type === "radio" ? field.checked : field.value;
}

const name = (field) => (field.type === "radio" ? `${field.name}=${field.value}` : field.name);

function everything() {
  return Object.fromEntries([...form.elements].filter(isKept).map((field) => [name(field), saying(field)]));
}

const same = (one, other) => JSON.stringify(one ?? "") === JSON.stringify(other ?? "");

let loaded = {};
let timer = 0;
let isTouched = false;
// What was kept before, while the form does not show it or shows it as refused: it stays kept.
let before = {};

function keep() {
  clearTimeout(timer);
  if (!isTouched) return;
  const now = everything();
  const changed = Object.entries(now).filter(([field, value]) => !same(value, loaded[field]));
  const fields = { ...before, ...Object.fromEntries(changed) };
  if (!Object.keys(fields).length) {
    localStorage.removeItem(key);
    return;
  }
  try {
    localStorage.setItem(key, JSON.stringify({ at: Date.now(), fields }));
    say("kept");
  } catch {
    say("full"); // the browser's room is used up: the person has to know
  }
}

function touched() {
  isTouched = true;
  clearTimeout(timer);
  timer = setTimeout(keep, 400);
}

// --- What is said ---

function say(what) {
  const line = document.getElementById("kept-line");
  const words = texts.querySelector(`[data-text="${what}"]`).textContent;
  if (line && line.textContent !== words) line.textContent = words;
}

function offer(kept) {
  const notice = texts.querySelector(".kept").cloneNode(true);
  notice.querySelector("time").textContent = new Date(kept.at).toLocaleString(document.documentElement.lang);
  notice.querySelector(".take-back").addEventListener("click", () => {
    notice.remove();
    before = {};
    takeBack(kept.fields);
  });
  notice.querySelector(".throw-away").addEventListener("click", () => {
    localStorage.removeItem(key);
    notice.remove();
    before = {};
    keep();
    form.querySelector("input:not([type=hidden]), textarea, select")?.focus();
  });
  form.before(notice);
}

// --- Taking it back ---

/** Add rows to the lists of the form until there are as many as there were. */
function addRows(fields) {
  for (const [field, count] of Object.entries(fields)) {
    if (!field.endsWith("-TOTAL_FORMS")) continue;
    const prefix = field.slice(0, -"-TOTAL_FORMS".length);
    const total = form.elements[field];
    for (let tries = 0; total && tries < 200 && Number(total.value) < Number(count); tries += 1) {
      const add = document.querySelector(`#${CSS.escape(prefix)}-group .add-row a, #${CSS.escape(prefix)}-group tr.add-row a`);
      if (!add) break;
      add.click();
    }
  }
}

function put(field, value) {
  if (field.tagName === "SELECT") {
    const wanted = new Map(value);
    for (const [option, text] of wanted) {
      if (![...field.options].some((known) => known.value === option)) field.add(new Option(text, option));
    }
    for (const option of field.options) option.selected = wanted.has(option.value);
  } else if (field.type === "checkbox" || field.type === "radio") {
    field.checked = value;
  } else {
    field.value = value;
  }
  if (window.django?.jQuery) window.django.jQuery(field).trigger("change");
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

function takeBack(fields) {
  addRows(fields);
  let first = null;
  for (const field of form.elements) {
    const value = isKept(field) ? fields[name(field)] : undefined;
    if (value === undefined || field.name.endsWith("-TOTAL_FORMS")) continue;
    if (name(field) in loaded && !same(saying(field), loaded[name(field)])) continue; // typed since
    field.closest("details")?.setAttribute("open", "");
    put(field, value);
    first ??= field;
  }
  first?.focus();
  isTouched = true;
  keep();
}

// --- When it is dropped ---

function dropAfterSaving() {
  const sent = sessionStorage.getItem(SENT);
  if (!sent) return;
  if (document.querySelector(".messagelist .success")) localStorage.removeItem(sent);
  if (!document.querySelector("#login-form, .kept-page")) sessionStorage.removeItem(SENT);
}

function dropOld() {
  const oldest = Date.now() - MOST_DAYS * 24 * 60 * 60 * 1000;
  for (const each of Object.keys(localStorage)) {
    if (each.startsWith(`${PREFIX}:`) && !(stored(each)?.at > oldest)) localStorage.removeItem(each);
  }
}

function dropAllOfUser() {
  for (const each of Object.keys(localStorage)) {
    if (each.startsWith(`${PREFIX}:${user}:`)) localStorage.removeItem(each);
  }
}

function begin() {
  dropAfterSaving();
  dropOld();
  document.getElementById("logout-form")?.addEventListener("submit", dropAllOfUser);
  if (!user || !texts || !form) return;
  const line = document.createElement("p");
  line.id = "kept-line";
  line.className = "kept-line";
  line.setAttribute("role", "status");
  (form.querySelector(".submit-row:last-of-type") ?? form).before(line);
  loaded = everything();
  const kept = stored(key);
  const isOther = kept && Object.entries(kept.fields).some(([field, value]) => !same(value, loaded[field]));
  if (isOther) offer(kept);
  if (isOther || (kept && document.querySelector(".errornote"))) before = kept.fields;
  form.addEventListener("input", touched);
  form.addEventListener("change", touched);
  window.django?.jQuery(form).on("change", "select", touched);
  form.addEventListener("submit", () => {
    keep();
    sessionStorage.setItem(SENT, key);
  });
  for (const moment of ["pagehide", "visibilitychange"]) {
    document.addEventListener(moment, () => document.visibilityState !== "visible" && keep());
  }
  window.addEventListener("pagehide", keep);
}

// After the lists of the form have been made ready: what they put in is not typed text.
window.addEventListener("load", () => setTimeout(begin, 0));
