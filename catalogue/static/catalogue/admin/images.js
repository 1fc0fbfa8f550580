/* Sending images one by one, with progress, and putting them in order by hand.
   Without this script the same forms work: several files in one go, and numbers for the order. */

const form = document.getElementById("upload_form");
const said = form?.dataset;

/** An element with text and attributes. */
function element(name, text = "", attributes = {}) {
  const made = document.createElement(name);
  made.textContent = text;
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}

/** Send one file; `tell` hears the share that has gone. Resolves to what the server says. */
function send(file, tell) {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    const body = new FormData(form);
    body.delete("images");
    body.append("images", file, file.name);
    request.open("POST", form.action);
    request.setRequestHeader("Accept", "application/json");
    request.responseType = "json";
    request.upload.addEventListener("progress", (event) => tell(event.loaded / event.total));
    const lost = () => resolve({ error: said.lost, again: true });
    request.addEventListener("error", lost);
    request.addEventListener("abort", lost);
    request.addEventListener("load", () => resolve(request.response ?? { error: said.lost, again: true }));
    request.send(body);
  });
}

class Queue {
  constructor() {
    this.box = form.querySelector(".progress-of-files");
    this.list = element("ol");
    this.box.append(this.list);
    this.bar = this.box.querySelector(".total progress");
    this.status = this.box.querySelector(".total [role=status]");
    this.waiting = [];
    this.total = this.done = this.stored = 0;
    this.busy = false;
  }

  add(files) {
    const sorted = [...files].sort((a, b) => a.name.localeCompare(b.name, "en", { numeric: true }));
    for (const file of sorted) {
      const line = element("li");
      const name = element("bdi", file.name);
      const state = element("span", said.waiting, { class: "state" });
      const bar = element("progress", "", { max: "1", value: "0", "aria-label": file.name });
      line.append(name, bar, state);
      this.list.append(line);
      this.waiting.push({ file, line, bar, state });
      this.total += 1;
    }
    this.box.hidden = false;
    this.run();
  }

  async run() {
    if (this.busy) return;
    this.busy = true;
    while (this.waiting.length) await this.one(this.waiting.shift());
    this.busy = false;
    this.status.textContent = `${said.done} ${this.stored}`;
    if (this.stored && !this.box.querySelector("a.show")) {
      this.status.after(" ", element("a", said.show, { class: "show button", href: location.href }));
    }
  }

  async one(entry) {
    const { file, line, bar, state } = entry;
    line.scrollIntoView({ block: "nearest" });
    let answer;
    if (file.size > Number(said.megabytes) * 1e6) answer = { error: said.large };
    else {
      state.textContent = said.sending;
      answer = await send(file, (share) => {
        bar.value = share;
        if (share === 1) state.textContent = said.reading;
      });
    }
    bar.remove();
    this.done += 1;
    if (answer.error) this.refuse(entry, answer);
    else this.take(entry, answer);
    this.bar.max = this.total;
    this.bar.value = this.done;
    this.status.textContent = `${this.done} / ${this.total}`;
  }

  take({ line, state }, answer) {
    this.stored += 1;
    line.className = "stored";
    if (answer.thumbnail) line.prepend(element("img", "", { src: answer.thumbnail, alt: "" }));
    state.textContent = `${said.stored} ${answer.leaf}`;
    for (const doubt of answer.doubts ?? []) state.append(element("span", doubt, { class: "told" }));
  }

  refuse({ file, line, state }, answer) {
    line.className = "not-stored";
    state.textContent = `${said.refused}: ${answer.error}`;
    if (!answer.again) return;
    const button = element("button", said.again, { type: "button", class: "button" });
    button.addEventListener("click", () => {
      line.remove();
      this.total -= 1;
      this.done -= 1;
      this.add([file]);
    });
    state.append(" ", button);
  }
}

if (form) {
  const queue = new Queue();
  const input = form.querySelector("input[type=file]");
  const drop = form.querySelector(".drop");
  form.addEventListener("submit", (event) => {
    if (event.submitter?.name === "_rights" || !input.files.length) return;
    event.preventDefault();
    queue.add(input.files);
    input.value = "";
  });
  for (const kind of ["dragover", "dragleave", "drop"]) {
    drop.addEventListener(kind, (event) => {
      event.preventDefault();
      drop.classList.toggle("over", kind === "dragover");
    });
  }
  drop.addEventListener("drop", (event) => queue.add(event.dataTransfer.files));
  addEventListener("beforeunload", (event) => queue.busy && event.preventDefault());
}

/* The order: rows are dragged by their handle, or moved with the arrow keys; the numbers follow. */

const body = document.querySelector(".images-table tbody");

/** Give the numbers that stand in the table, in their order, to the rows in theirs. */
function renumber() {
  const fields = [...body.querySelectorAll("tr.row .place input[type=number]")];
  const numbers = fields.map((field) => Number(field.value)).sort((a, b) => a - b);
  fields.forEach((field, place) => {
    // Two rows with one number would fall back into their old order.
    if (place && numbers[place] <= numbers[place - 1]) numbers[place] = numbers[place - 1] + 1;
    field.value = numbers[place];
  });
}

function neighbour(row, step) {
  const rows = [...body.querySelectorAll("tr.row")];
  return rows[rows.indexOf(row) + step];
}

function move(row, step) {
  const other = neighbour(row, step);
  if (!other) return;
  if (step < 0) other.before(row);
  else other.after(row);
  renumber();
}

if (body) {
  const label = document.getElementById("table_form").dataset.move;
  let dragged = null;
  for (const row of body.querySelectorAll("tr.row")) {
    const handle = element("button", "⠿", { type: "button", class: "handle", "aria-label": label, title: label });
    row.querySelector(".place").prepend(handle);
    handle.addEventListener("keydown", (event) => {
      const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
      if (!step) return;
      event.preventDefault();
      move(row, step);
      handle.focus();
    });
    handle.addEventListener("pointerdown", (event) => {
      handle.setPointerCapture(event.pointerId);
      dragged = row;
      row.classList.add("dragged");
    });
    handle.addEventListener("pointermove", (event) => {
      if (dragged !== row) return;
      const over = document.elementFromPoint(event.clientX, event.clientY)?.closest("tr.row");
      if (!over || over === row || over.parentElement !== body) return;
      const after = over.getBoundingClientRect().top > row.getBoundingClientRect().top;
      if (after) over.after(row);
      else over.before(row);
    });
    const settle = () => {
      if (dragged !== row) return;
      dragged = null;
      row.classList.remove("dragged");
      renumber();
    };
    handle.addEventListener("pointerup", settle);
    handle.addEventListener("pointercancel", settle);
  }
}
