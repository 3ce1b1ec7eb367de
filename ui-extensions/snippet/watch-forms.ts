import { emit, emitOnce } from './emit.ts';
import { onLeave } from './page-life.ts';
import { later, listen } from './safely.ts';
import { scrubName } from './scrub-name.ts';

interface Visit {
  readonly at: number;
  lastField: string;
  sent: boolean;
}

const demo = /demo|contact|book|sales|meeting|quote/i;
const trial = /trial|sign-?up|register|get-?started/i;
const checkout = /checkout/i;
/** A search is not something to give up on. */
const ignored = '[role="search"],search *';

const nothing = () => {};
/** Decides about the form that is being sent. */
let settle = nothing;
let visits = new Map<HTMLFormElement, Visit>();

/** Names and types of fields, and when; never a value. */
export function watchForms(): void {
  listen(document, 'input change', ({ target }) => {
    const form = target instanceof Element ? formOf(target) : null;
    if (!form || !(target instanceof Element)) return;
    const visit = visits.get(form) ?? start(form);
    visit.lastField = nameOf(target);
  });
  listen(document, 'submit', (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || form.matches(ignored)) return;
    const visit = visits.get(form) ?? start(form);
    // The page's own handlers run after this one: only then is it known whether the form was sent.
    settle = () => {
      settle = nothing;
      if (!event.defaultPrevented || !form.querySelector(':invalid')) submit(form, visit);
    };
    later(() => settle(), 0);
  });
  onLeave(abandon);
}

function start(form: HTMLFormElement): Visit {
  const visit = { at: Date.now(), lastField: '', sent: false };
  visits.set(form, visit);
  emit('form_start', { formId: formId(form) });
  return visit;
}

function submit(form: HTMLFormElement, visit: Visit): void {
  if (visit.sent) return;
  visit.sent = true;
  const id = formId(form);
  const { durationMs, lastField } = told(visit);
  emit('form_submit', { formId: id, fields: fieldsOf(form), durationMs, lastField });
  const place = `${id} ${form.getAttribute('action') ?? ''} ${location.pathname}`;
  if (checkout.test(place)) emitOnce('checkout_form_complete', { formId: id });
  else if (trial.test(place)) emitOnce('trial_signup', {});
  else if (demo.test(place)) emitOnce('demo_request', { formId: id });
}

/** Told when the page goes away for good or is left; a form that was sent was not abandoned. */
function abandon(): void {
  settle();
  if (document.visibilityState === 'hidden') return;
  for (const [form, visit] of visits) if (!visit.sent) emit('form_abandon', { formId: formId(form), ...told(visit) });
  visits = new Map();
}

function told({ at, lastField }: Visit): { durationMs: number; lastField: string } {
  return { durationMs: Date.now() - at, lastField };
}

function fieldsOf(form: HTMLFormElement): { name: string; type: string }[] {
  const fields = [...form.elements].filter((field) =>
    field.matches('input:not([type="hidden"],[type="submit"],[type="button"]),select,textarea'),
  );
  return fields.slice(0, 100).map((field) => ({ name: nameOf(field), type: field.getAttribute('type')?.slice(0, 40) ?? field.localName }));
}

function formOf(target: Element): HTMLFormElement | null {
  const form = target.closest('form');
  return form && !form.matches(ignored) ? form : null;
}

function formId(form: HTMLFormElement): string {
  const names = [form.id, form.getAttribute('name') ?? '', new URL(form.action, location.href).pathname.split('/').pop() ?? ''];
  return names.map(scrubName).find(Boolean) ?? `form-${[...document.forms].indexOf(form) + 1}`;
}

function nameOf(field: Element): string {
  return scrubName(field.getAttribute('name') ?? '') || scrubName(field.id) || field.localName;
}
