// The fields of a form of filters, and what it sends: ids for the names that were picked, nothing for what is empty.

/**
 * Fields that wait in a <noscript> are built when their group is opened: few open it, and a browser takes a while.
 * @param {HTMLFormElement} form
 * @param {() => void} built
 * @returns whether there are any
 */
export function fieldsLater(form, built) {
  const waiting = form.querySelector("details > noscript");
  waiting?.parentElement?.addEventListener("toggle", () => {
    if (!waiting.isConnected) return;
    const { body } = new DOMParser().parseFromString(waiting.textContent ?? "", "text/html");
    waiting.replaceWith(...body.childNodes);
    built();
  });
  return waiting !== null;
}

/**
 * A field sends the id of the thing that it shows, unless its text was changed since.
 * @param {HTMLFormElement} form
 */
export function carryIds(form) {
  for (const field of form.querySelectorAll("input[data-id]")) {
    if (field instanceof HTMLInputElement && field.dataset.label) field.value = field.dataset.label;
  }
  form.addEventListener("formdata", ({ formData }) => {
    const names = new Set(formData.keys());
    for (const name of names) {
      const sent = [];
      for (const field of form.elements) {
        if (!(field instanceof HTMLInputElement || field instanceof HTMLSelectElement) || field.name !== name) continue;
        const picked = field.dataset.id && field.value === field.dataset.label;
        const value = picked ? field.dataset.id : field.value;
        const off = field instanceof HTMLInputElement && /^(checkbox|radio)$/.test(field.type) && !field.checked;
        if (value?.trim() && !off) sent.push(value);
      }
      formData.delete(name);
      sent.forEach((value) => formData.append(name, value));
    }
  });
}
