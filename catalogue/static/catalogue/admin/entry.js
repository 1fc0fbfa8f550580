/* What is typed is read at once, and the reading is shown beside it: dates, folios, references,
   names. Forms are whole without this: the server reads the same when they are saved. */

const PAUSE = 250;
const LONGEST = 500;
const addresses = document.getElementById("entry")?.dataset;

/** The field of the same row of the same form: `date` beside `evidence-0-date_written`. */
function beside(field, own, other) {
  return field.form.elements[field.name.slice(0, field.name.length - own.length) + other] ?? null;
}

/** Where the reading of a field is shown: a live region that says whose it is. */
function slip(field) {
  const id = `${field.id}_reading`;
  let shown = document.getElementById(id);
  if (!shown) {
    shown = document.createElement("div");
    shown.id = id;
    shown.className = "reading";
    shown.setAttribute("role", "status");
    shown.setAttribute("aria-live", "polite");
    const label = field.labels?.[0]?.textContent.replace(/:\s*$/, "").trim() || field.name;
    shown.setAttribute("aria-label", `${addresses.label}: ${label}`);
    const box = field.closest(".flex-container");
    if (box) box.after(shown);
    else field.after(shown);
  }
  return shown;
}

/** Put a value into a field that is empty or that was filled from here; never over typed text. */
function fill(field, value, force = false) {
  if (!field) return;
  const isOurs = field.value === "" || field.dataset.filled === field.value;
  if (field.value === value || !(force || isOurs)) return;
  field.value = value;
  field.dataset.filled = value;
  field.dispatchEvent(new Event("change", { bubbles: true }));
}

function button(label, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "take";
  made.textContent = label;
  made.addEventListener("click", act);
  return made;
}

function show(field, answer, choices) {
  const shown = slip(field);
  shown.classList.toggle("wrong", Boolean(answer.wrong));
  const said = document.createElement("span");
  said.textContent = answer.said;
  shown.replaceChildren(said, ...choices);
}

// --- Dates ---

function fillDate(field, values, force) {
  const edtf = beside(field, "date_written", "date");
  const calendar = beside(field, "date_written", "calendar");
  const isOurs = edtf && (force || edtf.value === "" || edtf.dataset.filled === edtf.value);
  if (!isOurs || edtf.dataset.leftEmpty === field.value) return;
  fill(edtf, values.date, force);
  edtf.dataset.filled = values.date;
  document.getElementById(`${edtf.id}_reading`)?.replaceChildren();
  // The calendar is as much ours as the date is: it stays where somebody has chosen one.
  if (calendar && (values.calendar || calendar.dataset.filled === calendar.value)) {
    calendar.value = calendar.dataset.filled = values.calendar || "gregorian";
  }
}

function showDate(field, answer) {
  const edtf = beside(field, "date_written", "date");
  fillDate(field, answer.fill, false);
  const offered = answer.choices.filter((choice) => edtf && choice.fill.date !== edtf.value);
  const choices = offered.map((choice) =>
    button(choice.label, () => {
      fillDate(field, choice.fill, true);
      edtf.focus();
      show(field, answer, []);
    }),
  );
  show(field, answer, choices);
}

/** Whoever empties the EDTF field means it: nothing is put in again for this date. */
function leaveEmpty(edtf) {
  const written = beside(edtf, "date", "date_written");
  if (!written) return;
  edtf.dataset.leftEmpty = written.value;
  const name = written.name.replace(/date_written$/, "date_left_empty");
  if (edtf.form.elements[name]) return;
  const mark = document.createElement("input");
  Object.assign(mark, { type: "hidden", name, value: "1" });
  written.after(mark);
}

// --- Names ---

function showName(field, answer) {
  const choices = (answer.choices ?? []).flatMap((choice) => {
    const empty = Object.entries(choice.fill)
      .map(([name, value]) => [beside(field, "form", name), value])
      .filter(([target]) => target && target.value === "");
    if (!empty.length) return [];
    const take = () => {
      for (const [target, value] of empty) fill(target, value);
      field.focus();
      show(field, answer, []);
    };
    return [button(choice.label, take)];
  });
  show(field, answer, choices);
}

// --- Which field is read how ---

const ends = (name) => (field) => field.name === name || field.name.endsWith(`-${name}`);
const REFERENCE = ["parent", "repository", "segment", "level", "reference_given"];
const plain = (field, answer) => show(field, answer, []);
const text = (field) => ({ text: field.value.slice(0, LONGEST) });

const READINGS = [
  { is: ends("date_written"), address: "date", ask: text, answer: showDate },
  {
    is: (field) => ends("date")(field) && beside(field, "date", "date_written"),
    address: "date",
    ask: (field) => ({ edtf: field.value.slice(0, LONGEST) }),
    answer: plain,
  },
  { is: ends("folios_written"), address: "folios", ask: text, answer: plain },
  {
    is: (field) => ends("form")(field) && beside(field, "form", "language"),
    address: "name",
    ask: text,
    answer: showName,
  },
];

async function ask(address, query) {
  try {
    const answer = await fetch(`${address}?${new URLSearchParams(query)}`);
    const isJson = answer.headers.get("Content-Type")?.startsWith("application/json");
    return answer.ok && isJson ? await answer.json() : null;
  } catch {
    return null; // the line is down: the form still works
  }
}

const waiting = new WeakMap();

/** Ask after a pause in typing; an answer that is overtaken by typing is not shown. */
function soon(field, work) {
  clearTimeout(waiting.get(field)?.timer);
  const turn = {};
  turn.timer = setTimeout(() => work(() => waiting.get(field) === turn), PAUSE);
  waiting.set(field, turn);
}

function read(field) {
  const reading = READINGS.find(({ is }) => is(field));
  if (!reading) return;
  soon(field, async (isLast) => {
    const answer = await ask(addresses[reading.address], reading.ask(field));
    if (answer && isLast()) reading.answer(field, answer);
  });
}

function compose(form) {
  const segment = form.elements.segment;
  soon(form, async (isLast) => {
    const given = REFERENCE.map((name) => [name, form.elements[name]?.value ?? ""]);
    const answer = await ask(addresses.reference, given.map(([name, value]) => [name, value.slice(0, 250)]));
    if (answer && isLast()) plain(segment, answer);
  });
}

function typed(event) {
  const field = event.target;
  if (!field.form || !field.name) return;
  if (REFERENCE.includes(field.name) && field.form.elements.reference_given) compose(field.form);
  // What was put in from here is said beside the date as written already.
  if (ends("date")(field) && !event.isTrusted) return;
  if (ends("date")(field) && field.value === "") leaveEmpty(field);
  if (field.type === "text" || field.type === "textarea" || field.tagName === "TEXTAREA") read(field);
}

if (addresses) {
  document.addEventListener("input", typed);
  // Choices of the autocomplete are told by jQuery only.
  window.django?.jQuery(document).on("change", "select", typed);
  document.addEventListener("change", (event) => event.isTrusted || typed(event));
  const form = document.querySelector("#content-main form");
  if (form?.elements.reference_given && form.elements.segment) compose(form);
}
