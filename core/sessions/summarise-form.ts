/** What sending a form means, told by the form's id and the page it is on: its values are never known. */
import type { PageKind } from './summarise-page-kind.ts';
import type { GoalKind } from './summarise-shapes.ts';
import { cleanText } from './summarise-text.ts';

export type FormGoal = Extract<
  GoalKind,
  'demoRequest' | 'trialSignup' | 'formSubmit' | 'newsletter' | 'supportRequest' | 'jobApplication' | 'checkout'
>;

/** Null: a form that says nothing about intent (sign-in, search, cookie choices). */
export function formGoal(formId: string, page: PageKind): FormGoal | null {
  const words = wordsOf(formId);
  const id = ` ${words.join(' ')} `;
  const rule = rules.find(({ pages, named }) => pages.includes(page) || named.some((name) => id.includes(` ${name} `)));
  return rule === undefined ? 'formSubmit' : rule.goal;
}

interface Rule {
  readonly goal: FormGoal | null;
  readonly pages: readonly PageKind[];
  /** Words, or words in a row, of the form's id. */
  readonly named: readonly string[];
}

/** The first that fits decides: an id says more than most pages, the section a page is in says more than its id. */
const rules: readonly Rule[] = [
  rule(null, [], 'login log-in signin sign-in logout password passwort search filter filters cookie cookies consent comment sort coupon'),
  rule('jobApplication', ['careers'], 'apply application job jobs resume cv candidate'),
  rule('supportRequest', ['support'], 'support ticket helpdesk bug'),
  rule('newsletter', [], 'newsletter subscribe subscription'),
  rule('demoRequest', [], 'demo book booking meeting schedule'),
  rule('trialSignup', [], 'trial signup sign-up register registration'),
  rule('checkout', ['checkout'], 'payment shipping checkout'),
  rule(null, ['account'], ''),
  rule('demoRequest', ['demo'], ''),
  rule('trialSignup', ['trial'], ''),
];

/** `words`: separated by spaces; `log-in` stands for two words in a row. */
function rule(goal: FormGoal | null, pages: readonly PageKind[], words: string): Rule {
  const named = words.split(' ').filter(Boolean);
  return { goal, pages, named: named.map((name) => name.replace('-', ' ')) };
}

/** `contact-sales_form` → `contact sales`; empty when the id is no name (`mktoForm_1021`). */
export function formName(formId: string): string {
  const words = wordsOf(formId).filter((word) => word !== 'form' && word.length > 1);
  const readable = words.length <= 4 && words.every((word) => /^\p{L}{2,20}$/u.test(word));
  return readable ? cleanText(words.join(' '), 40) : '';
}

function wordsOf(formId: string): string[] {
  return formId
    .slice(0, 100)
    .replace(/(?<=[a-z])(?=[A-Z])/gu, ' ')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);
}
