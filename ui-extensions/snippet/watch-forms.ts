import { listenSince } from './early-events.ts';
import { emit } from './emit.ts';
import { inPast, now, onLeave } from './page-life.ts';
import { kindOfSite } from './read-context.ts';
import { later, listen } from './safely.ts';
import { scrubName } from './scrub-name.ts';
import { scrubText } from './scrub-text.ts';
import { see } from './shop-events.ts';
import { repeatsField } from './typed-echoes.ts';

interface Visit {
  readonly at: number;
  lastField: string;
  sent: boolean;
}

/** What a form is for, by its own names, its button and the page's address. The first that fits; a login and a newsletter are only forms. */
const purposes = {
  checkout: /check-?out/i,
  login: /log-?in|sign-?in|current-password/i,
  newsletter: /newsletter|subscribe\b/i,
  trial: /trial|sign-?up|regist(?!\w* (?:for|to) (?!free))|get-?started|create (?:an? |my )?(?:free )?account|new-password/i,
  demo: /\bdemo|sales|meeting|quote|book (?:an? |your |my )?(?:call|time|slot)|consultation|get in touch/i,
};
/** A search is not something to give up on. */
const ignored = '[role="search"],search *';

const refused = ':invalid,[aria-invalid="true"]';
const roots = new WeakSet<Node>();

const nothing = () => {};
/** Decides about the form that is being sent. */
let settle = nothing;
let visits = new Map<HTMLFormElement, Visit>();

/** Names and types of fields, and when; never a value. */
export function watchForms(): void {
  listenSince(document, 'input change', (event, field = event.composedPath()[0] ?? event.target) => {
    const form = field instanceof Element ? formOf(field) : null;
    if (!form || !(field instanceof Element)) return;
    // Filled in by the browser, before anybody did anything.
    if (field.matches(':autofill') && !navigator.userActivation.hasBeenActive) return;
    // Of forms in there, the document does not hear.
    const root = field.getRootNode();
    if (root !== document && !roots.has(root)) listen(roots.add(root) && root, 'submit', hearSubmit);
    const visit = visits.get(form) ?? start(form);
    visit.lastField = nameOf(field);
  });
  listenSince(document, 'submit', hearSubmit);
  onLeave(abandon);
}

function hearSubmit(event: Event, form: EventTarget | null = event.target): void {
  if (!(form instanceof HTMLFormElement) || form.matches(ignored)) return;
  const visit = visits.get(form) ?? start(form);
  // The page's own handlers run after this one: only then is it known whether the form was sent. Of what is told late it is known already.
  const at = now();
  settle = () => {
    settle = nothing;
    if (!event.defaultPrevented || !form.querySelector(refused)) inPast(at, () => submit(form, visit));
  };
  if (event.eventPhase === Event.NONE) settle();
  else later(() => settle(), 0);
}

function start(form: HTMLFormElement): Visit {
  const visit = { at: now(), lastField: '', sent: false };
  visits.set(form, visit);
  emit('form_start', { formId: formId(form) });
  return visit;
}

function submit(form: HTMLFormElement, visit: Visit): void {
  if (visit.sent) return;
  visit.sent = true;
  const id = formId(form);
  emit('form_submit', { formId: id, fields: fieldsOf(form), ...told(visit) });
  const purpose = purposeOf(form, id);
  if (purpose === 'checkout') see('checkout_form_complete', { formId: id });
  // An account of a shop is no trial.
  else if (purpose === 'trial' && kindOfSite() !== 'ecom') see('trial_signup', planOf(form));
  else if (purpose === 'demo') see('demo_request', { formId: id });
}

/** The plan that was chosen, in the form or before it. Never what was typed. */
function planOf(form: HTMLFormElement): { plan?: string } {
  const chosen = form.querySelector<HTMLOptionElement | HTMLInputElement>(
    'select[name*="plan" i] option:checked,[type="radio"][name*="plan" i]:checked',
  );
  const plan = scrubText(chosen?.value ?? new URLSearchParams(location.search).get('plan') ?? '').slice(0, 100);
  return plan ? { plan } : {};
}

function purposeOf(form: HTMLFormElement, id: string): string | undefined {
  const button = form.querySelector('[type="submit"],button:not([type])');
  const hints = [...form.querySelectorAll('[autocomplete$="password"]')].map((field) => field.getAttribute('autocomplete'));
  const signs = [id, form.className, form.getAttribute('action'), button?.textContent || button?.getAttribute('value'), ...hints];
  const fits = (text: string) => Object.entries(purposes).find(([, words]) => words.test(text))?.[0];
  return fits(signs.join(' ')) ?? fits(location.pathname);
}

/** Told when the page goes away for good or is left; a form that was sent was not abandoned. */
function abandon(isOver: boolean): void {
  settle();
  if (!isOver) return;
  for (const [form, visit] of visits) if (!visit.sent) emit('form_abandon', { formId: formId(form), ...told(visit) });
  visits = new Map();
}

function told({ at, lastField }: Visit): { durationMs: number; lastField: string } {
  return { durationMs: Math.min(Math.max(now() - at, 0), 86_400_000), lastField };
}

function fieldsOf(form: HTMLFormElement): { name: string; type: string }[] {
  const fields = [...form.elements].filter((field) =>
    field.matches('input:not([type="hidden"],[type="submit"],[type="button"]),select,textarea'),
  );
  return fields
    .slice(0, 100)
    .map((field) => ({ name: nameOf(field), type: scrubName(field.getAttribute('type') ?? '').slice(0, 40) || field.localName }));
}

function formOf(target: Element): HTMLFormElement | null {
  const form = target.closest('form');
  return form && !form.matches(ignored) ? form : null;
}

function formId(form: HTMLFormElement): string {
  const action = new URL(form.getAttribute('action') ?? '', location.href).pathname.split('/').pop() ?? '';
  const names = [form.getAttribute('id') ?? '', form.getAttribute('name') ?? '', action];
  return names.map(scrubName).find((name) => name && !repeatsField(name)) ?? `form-${[...document.forms].indexOf(form) + 1}`;
}

function nameOf(field: Element): string {
  return scrubName(field.getAttribute('name') ?? '') || scrubName(field.id) || field.localName;
}
