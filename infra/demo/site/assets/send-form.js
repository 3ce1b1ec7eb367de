/**
 * Tells the site that a form was sent, and answers the reference. What was typed stays in the browser: this is a demo, and the
 * company behind it is invented.
 */
export async function sendForm(name) {
  const response = await fetch(`/forms/${name}`, { method: 'POST', headers: { accept: 'application/json' } });
  if (!response.ok) throw new Error(`The site answered ${response.status}.`);
  return (await response.json()).reference;
}

/** Sends, and puts the thank-you panel in the form's place; where the network fails, the form stays and says so. */
export async function sendAndThank(form, name, thanks) {
  const button = form.querySelector('[type="submit"]');
  const problem = form.querySelector('[data-problem]');
  button.disabled = true;
  problem.hidden = true;
  try {
    const reference = await sendForm(name);
    for (const place of thanks.querySelectorAll('[data-reference]')) place.textContent = reference;
    form.hidden = true;
    form.reset();
    thanks.hidden = false;
    thanks.focus();
    return true;
  } catch {
    problem.hidden = false;
    return false;
  } finally {
    button.disabled = false;
  }
}
