/** Whether a visit counts: only once a person was seen, and in the browser of the contact. Pure. */
import type { SessionDocument } from './session.ts';

export const heldReasons = ['no-person', 'automated', 'forwarded'] as const;
export type HeldReason = (typeof heldReasons)[number];

type Seen = Pick<SessionDocument, 'evidence' | 'automated' | 'contactId' | 'standing'>;

/** Time alone proves nothing where a program drives the browser. */
export function personSeen({ evidence, automated }: Pick<Seen, 'evidence' | 'automated'>): boolean {
  return evidence !== null && !(evidence === 'dwell' && automated);
}

/** Why the session does not count (yet); null when it counts. */
export function heldForOf(seen: Seen): HeldReason | null {
  if (!personSeen(seen)) return seen.automated ? 'automated' : 'no-person';
  if (seen.contactId === null || seen.standing === 'bound') return null;
  // Until it is settled whose browser it is, which takes a moment.
  return seen.standing === 'forwarded' ? 'forwarded' : 'no-person';
}

const onlyTime = { $and: [{ $eq: ['$evidence', 'dwell'] }, '$automated'] };
const nobodySeen = { $or: [{ $eq: ['$evidence', null] }, onlyTime] };
const isSure = { $or: [{ $eq: ['$contactId', null] }, { $eq: ['$standing', 'bound'] }] };
const unsure = { $cond: [{ $eq: ['$standing', 'forwarded'] }, 'forwarded', 'no-person'] };

/** The same for the database, from the fields of the row. */
export const heldForExpression = {
  $cond: [nobodySeen, { $cond: ['$automated', 'automated', 'no-person'] }, { $cond: [isSure, null, unsure] }],
};

const sentences: Readonly<Record<HeldReason, string>> = {
  'no-person': 'Nobody has moved, scrolled, typed or stayed yet: it may be a mail scanner that opened the link.',
  automated: 'A program drives this browser and nobody touched it: it looks like a mail scanner that opened the link.',
  forwarded: 'The link was opened in another browser first: it may have been forwarded. Say whose browser this is, and it counts.',
};

export function describeHeld(heldFor: HeldReason | null): string | null {
  return heldFor === null ? null : sentences[heldFor];
}
