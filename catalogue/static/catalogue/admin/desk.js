/* The desk of a record. Everything works without: here it is quicker. */

/* Narrow the lines of the page to those that hold what is typed. */
for (const input of document.querySelectorAll("[data-find]")) {
  const lines = [...document.querySelectorAll(`.${input.dataset.find}`)].map((element) => ({
    element,
    text: element.textContent.toLowerCase(),
  }));
  input.closest("[hidden]")?.removeAttribute("hidden");
  input.addEventListener("input", () => {
    const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
    for (const { element, text } of lines) {
      element.hidden = !words.every((word) => text.includes(word));
    }
    for (const section of document.querySelectorAll("section.kind")) {
      const own = [...section.querySelectorAll(".statement")];
      section.hidden = words.length > 0 && own.length > 0 && own.every((line) => line.hidden);
    }
  });
}

/* The menu of kinds closes as menus do. */
for (const menu of document.querySelectorAll("details.add-menu")) {
  menu.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  });
  document.addEventListener("click", (event) => {
    if (!menu.contains(event.target)) menu.open = false;
  });
}

/* Copy the source of the statement that was entered last. */
const field = (prefix, name) => document.getElementById(`id_${prefix}-${name}`);

function fill(prefix, fields) {
  for (const [name, { value, text }] of Object.entries(fields)) {
    const element = field(prefix, name);
    if (!element) continue;
    const isSelect = element instanceof HTMLSelectElement;
    if (isSelect && ![...element.options].some((option) => option.value === value)) {
      element.append(new Option(text, value));
    }
    element.value = value;
    element.dispatchEvent(new Event("change", { bubbles: true }));
    if (!isSelect) element.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

/* On the form of a kind, evidence is in rows: the last one is filled, a first one is added. */
function lastRow() {
  const group = document.getElementById("evidence-group");
  const rows = () => [...group.querySelectorAll(".inline-related:not(.empty-form)")];
  if (rows().length === 0) group.querySelector(".add-row a")?.click();
  return rows().at(-1)?.id ?? "";
}

const group = document.getElementById("evidence-group");
for (const button of document.querySelectorAll("[data-last-source]")) {
  if (group && !button.dataset.prefix) {
    group.querySelector("h2")?.after(button);
    button.hidden = false;
  }
  button.addEventListener("click", async (event) => {
    event.preventDefault();
    const answer = await fetch(button.dataset.lastSource, { headers: { Accept: "application/json" } });
    if (!answer.ok) return;
    const { fields } = await answer.json();
    const prefix = button.dataset.prefix || lastRow();
    fill(prefix, fields);
    field(prefix, "locator")?.focus();
  });
}
