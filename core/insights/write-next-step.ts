/** One recommended next step, specific to what happened: the first rule that fits. */
import type { Band, IntentLabel } from '#contract/snapshot.ts';
import type { PageKind } from '#core/sessions/summarise-page-kind.ts';
import type { Goal, GoalKind } from '#core/sessions/summarise-shapes.ts';
import { describeDuration, titleCore } from '#core/sessions/summarise-text.ts';
import { dayMs, type TimelineSession } from './build-timeline.ts';
import { lowerFirst } from './tell-happenings.ts';

export interface NextStepInput {
  /** What the insight is about, oldest first. */
  readonly sessions: readonly TimelineSession[];
  readonly label: IntentLabel;
  readonly band: Band;
}

export function writeNextStep(input: NextStepInput): string {
  const newest = input.sessions.at(-1)?.lastEventAt.getTime() ?? 0;
  const goals = input.sessions.flatMap(({ summary }) => summary.goals).filter(({ at }) => at.getTime() > newest - 7 * dayMs);
  const latest = (kind: GoalKind) => goals.findLast((goal) => goal.kind === kind);
  const pricing = aboutPricing(latest('pricing'));
  for (const [kind, write] of afterDeeds) {
    const goal = latest(kind);
    if (goal !== undefined) return write(goal, pricing);
  }
  return afterLooking[input.label]({ ...input, pricing, read: longestOf(input.sessions, input.label) });
}

/** The first deed that was done in the last seven days decides: what is older has been answered, or is cold. `pricing`: what to say of it, or empty. */
const afterDeeds: readonly (readonly [GoalKind, (goal: Goal, pricing: string) => string])[] = [
  ['cancelIntent', () => 'Call today and ask what is wrong, before they finish cancelling.'],
  ['purchase', () => 'Thank them for the order and make sure the first steps go well; do not pitch what they just bought.'],
  ['demoRequest', (_, pricing) => `Call today to agree on a time for the demo${andThen(pricing)}.`],
  ['trialSignup', (_, pricing) => `Write today with help for the first steps of the trial${andThen(pricing)}.`],
  ['formSubmit', (goal, pricing) => `Answer today: they ${lowerFirst(goal.text)}${pricing === '' ? '' : `. When you do, ${pricing}`}.`],
  ['checkout', () => 'Ask whether something kept them from finishing the order, and offer help with payment or delivery.'],
  ['subscriptionChange', () => 'Check with them that the changed plan does what they need.'],
  ['supportRequest', () => 'Check with support that their question is answered before talking about anything else.'],
  ['jobApplication', () => 'Nothing to sell here: pass this on to whoever hires.'],
  ['formStart', (goal) => `Offer a direct way to reach you: they ${lowerFirst(goal.text)}.`],
  ['addToCart', () => 'Write a short note about what is in their cart, and offer to answer questions.'],
];

interface Looked extends NextStepInput {
  /** What to say of pricing, or empty. */
  readonly pricing: string;
  /** The title of what was read longest, or empty. */
  readonly read: string;
}

const afterLooking: Readonly<Record<IntentLabel, (looked: Looked) => string>> = {
  comparing: ({ pricing, read }) =>
    `Send a short, honest comparison${read === '' ? '' : ` that starts from “${read}”`}${andThen(pricing)}.`,
  buying: evaluatingStep,
  evaluating: evaluatingStep,
  supporting: ({ read }) =>
    `Make sure their question${read === '' ? '' : ` about “${read}”`} is answered before talking about anything else.`,
  'job-seeking': () => 'Nothing to sell here: pass this on to whoever hires.',
  researching: ({ sessions, read }) => {
    const search = sessions.flatMap(({ summary }) => summary.searches).at(-1);
    if (search !== undefined) return `Send something helpful about “${titleCore(search)}”, which they searched for, and do not sell yet.`;
    return read === ''
      ? 'Send something helpful to read, and do not sell yet.'
      : `Send a follow-up to “${read}”, which they looked at, and do not sell yet.`;
  },
  unclear: ({ sessions }) =>
    sessions.length === 0 ? 'Send them a tracked link to a page that fits.' : 'Wait for the next visit: there is too little to act on yet.',
};

function evaluatingStep({ pricing, read, band }: Looked): string {
  if (pricing !== '') return band === 'low' ? `Write a short e-mail and ${pricing}.` : `Reach out within a day and ${pricing}.`;
  return read === '' ? 'Reach out and ask what they are looking for.' : `Reach out and ask what they think of “${read}”.`;
}

function andThen(pricing: string): string {
  return pricing === '' ? '' : `, and ${pricing}`;
}

/** "talk about the Pro plan, which they looked at longest". The plan is the end of the pricing goal's sentence. */
function aboutPricing(goal: Goal | undefined): string {
  if (goal === undefined) return '';
  const plan = goal.text.split(', longest on ')[1];
  if (plan !== undefined) return `talk about ${plan}, the plan they looked at longest`;
  return goal.dwellMs < 10_000
    ? 'offer to explain the pricing'
    : `offer to explain the pricing, where they spent ${describeDuration(goal.dwellMs)}`;
}

/** The title of the page that was read longest among those that make the label; empty when none has a title. */
function longestOf(sessions: readonly TimelineSession[], label: IntentLabel): string {
  const kinds: Partial<Record<IntentLabel, readonly PageKind[]>> = {
    comparing: ['compare'],
    evaluating: ['product', 'customers', 'shop', 'docs'],
    buying: ['product', 'customers', 'shop'],
    researching: ['blog', 'docs', 'product'],
    supporting: ['support'],
  };
  const [longest] = sessions
    .flatMap(({ summary }) => summary.pages)
    .filter(({ kind, title, path }) => kinds[label]?.includes(kind) === true && title !== path)
    .sort((one, other) => other.activeMs - one.activeMs);
  return longest === undefined ? '' : titleCore(longest.title);
}
