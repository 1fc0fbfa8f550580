/* Names for what the scripts of Django make at run time and leave without one. */

const $ = window.django?.jQuery;

/* A field of suggestions: what stands for the hidden <select> is called as its label. */
const nameOf = (select) =>
  select.getAttribute("aria-label") ??
  [...(select.labels ?? [])].map((label) => label.textContent.trim().replace(/:$/, "")).join(" ");

function nameSuggestions(within) {
  for (const select of within.querySelectorAll("select.select2-hidden-accessible")) {
    const shown = select.nextElementSibling;
    for (const part of shown.querySelectorAll("[role=combobox], [role=textbox], [role=searchbox]")) {
      part.removeAttribute("aria-labelledby"); // an empty one has no text to be called after
      part.setAttribute("aria-label", nameOf(select));
    }
    for (const name of ["aria-describedby", "aria-invalid"]) {
      const value = select.getAttribute(name);
      if (value) shown.querySelector("[role=combobox]").setAttribute(name, value);
    }
  }
}

function nameOpened({ target }) {
  const opened = document.querySelector(".select2-container--open .select2-dropdown");
  for (const part of opened?.querySelectorAll("[role=searchbox], [role=listbox]") ?? []) {
    part.setAttribute("aria-label", nameOf(target));
  }
}

/* The boxes that choose several: their icons of help carry a label, but no role to go with it. */
function nameIcons() {
  for (const icon of document.querySelectorAll(".help-tooltip[aria-label]:not([role])")) {
    icon.setAttribute("role", "img");
  }
}

if ($) {
  // After Django's own, which are loaded before: the fields are there by then.
  $(() => nameSuggestions(document));
  $(document).on("select2:open", nameOpened);
  document.addEventListener("formset:added", (event) => nameSuggestions(event.target));
  window.addEventListener("load", nameIcons);
}
