/* Two comforts for those who run scripts. Without them a mark leads to its note, and a citation is selected by a click. */

const slip = document.createElement("div");
slip.className = "slip";
slip.id = "slip";
slip.setAttribute("role", "tooltip");
slip.setAttribute("popover", "manual");

let shownFor = null;
let waiting = 0;

/** Lay the note of a mark beside it. */
function show(mark) {
  const note = document.getElementById(mark.hash.slice(1));
  if (!note) return;
  clearTimeout(waiting);
  hide();
  slip.replaceChildren(...[...note.childNodes].map((node) => node.cloneNode(true)));
  for (const node of slip.querySelectorAll("[id]")) node.removeAttribute("id");
  if (!slip.isConnected) document.body.append(slip);
  slip.showPopover?.();
  const at = mark.getBoundingClientRect();
  const room = document.documentElement.clientWidth;
  const below = at.bottom + slip.offsetHeight + 12 < document.documentElement.clientHeight;
  const left = Math.max(8, Math.min(at.left - 24, room - slip.offsetWidth - 8));
  const top = below ? at.bottom + 4 : at.top - slip.offsetHeight - 4;
  slip.style.left = `${left + scrollX}px`;
  slip.style.top = `${top + scrollY}px`;
  mark.setAttribute("aria-describedby", slip.id);
  shownFor = mark;
}

function hide() {
  if (!shownFor) return;
  shownFor.removeAttribute("aria-describedby");
  shownFor = null;
  slip.hidePopover?.();
}

/** Hide soon, unless the pointer comes back or goes into the slip (WCAG 1.4.13). */
function leave() {
  clearTimeout(waiting);
  waiting = setTimeout(hide, 250);
}

if ("popover" in HTMLElement.prototype) {
  for (const mark of document.querySelectorAll("a.mark")) {
    mark.addEventListener("pointerenter", (event) => event.pointerType === "mouse" && show(mark));
    mark.addEventListener("pointerleave", leave);
    mark.addEventListener("focus", () => mark.matches(":focus-visible") && show(mark));
    mark.addEventListener("blur", leave);
    mark.addEventListener("click", (event) => {
      // A finger has no hovering: the first tap lays the slip, the second goes to the note.
      if (event.pointerType === "touch" && shownFor !== mark) {
        event.preventDefault();
        show(mark);
      } else hide();
    });
  }
  slip.addEventListener("pointerenter", () => clearTimeout(waiting));
  slip.addEventListener("pointerleave", leave);
  document.addEventListener("keydown", (event) => event.key === "Escape" && hide());
  document.addEventListener("pointerdown", (event) => {
    if (shownFor && !slip.contains(event.target) && event.target.closest("a.mark") !== shownFor) hide();
  });
}

for (const button of document.querySelectorAll("button.copy[data-copy]")) {
  const source = document.getElementById(button.dataset.copy);
  if (!source || !navigator.clipboard) continue;
  button.hidden = false;
  const words = button.textContent;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(source.textContent.trim().replace(/\s*\n\s*/g, " "));
    button.textContent = button.dataset.copied;
    setTimeout(() => (button.textContent = words), 2000);
  });
}
