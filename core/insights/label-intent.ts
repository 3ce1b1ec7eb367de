/** What a visitor is up to, told by rules: each page and deed is evidence for one of the labels, and the strongest label wins. */
import type { IntentLabel } from '#contract/snapshot.ts';
import type { PageKind } from '#core/sessions/summarise-page-kind.ts';
import type { GoalKind, PageSummary } from '#core/sessions/summarise-shapes.ts';
import type { TimelineSession } from './build-timeline.ts';
import { fading } from './contribution.ts';

export interface LabelledIntent {
  readonly label: IntentLabel;
  /** 0 to 1, two decimals: how far ahead of the next label, and on how much evidence. */
  readonly confidence: number;
}

type Label = Exclude<IntentLabel, 'unclear'>;
type Evidence = Record<Label, number>;

/** Older visits say less, by the week; `sessions`: oldest first. */
export function labelIntent(sessions: readonly TimelineSession[]): LabelledIntent {
  const newest = sessions.at(-1);
  const sum = noEvidence();
  for (const session of newest === undefined ? [] : sessions) {
    const left = fading(session.lastEventAt, 7, newest?.lastEventAt ?? session.lastEventAt);
    for (const [label, amount] of entries(evidenceOf(session))) sum[label] += amount * left;
  }
  const [first, second] = entries(outweigh(sum)).sort(([, one], [, other]) => other - one);
  if (first === undefined || first[1] < leastEvidence) return { label: 'unclear', confidence: 0.3 };
  const ahead = (first[1] - (second?.[1] ?? 0)) / first[1];
  const confidence = 0.3 + 0.65 * ahead * (1 - 2 ** (-first[1] / 4));
  return { label: first[0], confidence: Math.round(confidence * 100) / 100 };
}

/** About ten seconds on one telling page. */
const leastEvidence = 1;

/** Deeds: evidence of one. */
const deeds: Readonly<Partial<Record<GoalKind, readonly [Label, number]>>> = {
  purchase: ['buying', 12],
  demoRequest: ['buying', 8],
  trialSignup: ['buying', 8],
  checkout: ['buying', 8],
  subscriptionChange: ['buying', 6],
  addToCart: ['buying', 4],
  formSubmit: ['buying', 4],
  wishlist: ['comparing', 1],
  compare: ['comparing', 4],
  formStart: ['evaluating', 2],
  supportRequest: ['supporting', 8],
  cancelIntent: ['supporting', 8],
  jobApplication: ['job-seeking', 16],
};

/** Pages: evidence of 30 s of attention. */
const attention: Readonly<Partial<Record<PageKind, readonly [Label, number]>>> = {
  pricing: ['evaluating', 1.5],
  demo: ['evaluating', 1],
  trial: ['evaluating', 1],
  customers: ['evaluating', 1],
  contact: ['evaluating', 0.5],
  shop: ['evaluating', 0.8],
  checkout: ['buying', 1],
  compare: ['comparing', 2.5],
  support: ['supporting', 1.2],
  account: ['supporting', 0.8],
  blog: ['researching', 1],
  docs: ['researching', 1],
  careers: ['job-seeking', 1.5],
};

/** Product pages alone are research; beside pricing and the like they are part of an evaluation. */
const commercial: ReadonlySet<PageKind> = new Set(['pricing', 'demo', 'trial', 'customers', 'contact', 'compare']);

function evidenceOf({ summary }: TimelineSession): Evidence {
  const product: Label = summary.pages.some(({ kind }) => commercial.has(kind)) ? 'evaluating' : 'researching';
  const evidence = noEvidence();
  const add = (found: readonly [Label, number] | undefined, times: number) => {
    if (found !== undefined) evidence[found[0]] += found[1] * times;
  };
  for (const page of summary.pages) add(page.kind === 'product' ? [product, 1] : attention[page.kind], attentionOf(page));
  for (const { kind } of summary.goals) add(deeds[kind], 1);
  for (const search of summary.searches) add(comparing.test(search) ? ['comparing', 2] : ['researching', 0.5], 1);
  return evidence;
}

const comparing = /\b(?:vs|versus|alternatives?|compare|comparison)\b/iu;

/** In units of 30 s; a page left open longer than two minutes says no more. */
function attentionOf(page: PageSummary): number {
  return 0.5 + Math.min(page.activeMs, 120_000) / 30_000;
}

/** Who asks or buys has evaluated on the way, who compares as well: that looking is part of it rather than against it. */
function outweigh(evidence: Evidence): Evidence {
  const looked = evidence.evaluating;
  if (evidence.buying >= 4) return { ...evidence, buying: evidence.buying + looked, evaluating: looked * 0.3 };
  if (evidence.comparing >= 2) return { ...evidence, comparing: evidence.comparing + looked * 0.5, evaluating: looked * 0.5 };
  return evidence;
}

function noEvidence(): Evidence {
  return { evaluating: 0, comparing: 0, buying: 0, supporting: 0, researching: 0, 'job-seeking': 0 };
}

function entries(evidence: Evidence): [Label, number][] {
  const { evaluating, comparing, buying, supporting, researching } = evidence;
  return [
    ['buying', buying],
    ['evaluating', evaluating],
    ['comparing', comparing],
    ['supporting', supporting],
    ['researching', researching],
    ['job-seeking', evidence['job-seeking']],
  ];
}
