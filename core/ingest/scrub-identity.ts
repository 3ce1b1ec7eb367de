/** Takes out of what a site says about a visitor what nobody needs to know a person by: cards, tokens, account numbers. */
import { createHash } from 'node:crypto';
import type { SentIdentity } from '#contract/events.ts';
import { type Leak, scrubText } from './scrub-text.ts';

/** How to reach a person is what `identify` is for: it is told on purpose, about the contact themselves. */
const own: readonly Leak[] = ['email', 'phone'];

/** The same identity gives the same answer, so that a person stays one contact also where the site names them by a secret. */
export function scrubIdentity(identity: SentIdentity): SentIdentity {
  const { externalId, traits, ...rest } = identity;
  return {
    ...rest,
    ...(externalId === undefined ? {} : { externalId: scrubId(externalId) }),
    ...(traits === undefined ? {} : { traits: scrubTraits(traits) }),
  };
}

function scrubId(id: string): string {
  return scrubText(id, own).text === id ? id : `id_${createHash('sha256').update(id).digest('base64url').slice(0, 22)}`;
}

type Traits = NonNullable<SentIdentity['traits']>;

function scrubTraits(traits: Traits): Traits {
  const scrub = (text: string) => scrubText(text, own).text;
  return Object.fromEntries(Object.entries(traits).map(([name, value]) => [scrub(name), typeof value === 'string' ? scrub(value) : value]));
}
