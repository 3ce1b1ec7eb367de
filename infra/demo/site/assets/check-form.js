/** Checks a form when it is sent and says beside each field what to mend; the browser's own bubbles stay away. */

/** Calls `send` with the form once everything is right. */
export function onValidSubmit(form, send) {
  form.noValidate = true;
  form.addEventListener('input', (event) => clearError(event.target));
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const wrong = [...form.elements].filter((field) => !showState(field));
    if (wrong.length > 0) wrong[0].focus();
    else send(form);
  });
}

function showState(field) {
  if (!field.willValidate || field.validity.valid) return true;
  const id = `${field.id}-error`;
  const message = document.getElementById(id) ?? addMessage(field, id);
  message.textContent = advice(field);
  field.setAttribute('aria-invalid', 'true');
  field.setAttribute('aria-describedby', [...describedBy(field), id].join(' '));
  return false;
}

function addMessage(field, id) {
  const message = document.createElement('p');
  message.id = id;
  message.className = 'field-error';
  (field.closest('.field') ?? field.parentElement).append(message);
  return message;
}

function clearError(field) {
  const message = document.getElementById(`${field.id}-error`);
  if (!message) return;
  field.setAttribute('aria-describedby', describedBy(field).join(' '));
  field.removeAttribute('aria-invalid');
  message.remove();
}

/** What describes the field beside its error. */
function describedBy(field) {
  const ids = (field.getAttribute('aria-describedby') ?? '').split(' ');
  return ids.filter((id) => id !== '' && id !== `${field.id}-error`);
}

function advice(field) {
  if (field.validity.valueMissing) return field.dataset.missing ?? 'Please fill this in.';
  return field.title || (field.validity.customError ? field.validationMessage : 'Please check this.');
}
