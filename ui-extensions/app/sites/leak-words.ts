import type { Leak } from '#contract/api.ts';

export interface LeakKindWords {
  readonly title: string;
  /** What was found. */
  readonly what: string;
  /** Whether the page shows it: else the snippet, or who pretends to be it, sent what it must not. */
  readonly from: 'page' | 'snippet';
}

/** Each kind of what the server had to take out, in plain words. */
export const leakKinds: Readonly<Record<Leak['kind'], LeakKindWords>> = {
  email: { title: 'E-mail address', what: 'An e-mail address stood where Leadlight keeps text.', from: 'page' },
  card: { title: 'Card number', what: 'Digits that pass the check of a payment card number.', from: 'page' },
  phone: { title: 'Phone number', what: 'A phone number stood where Leadlight keeps text.', from: 'page' },
  iban: { title: 'Bank account', what: 'An IBAN: the number of a bank account.', from: 'page' },
  token: { title: 'Token or key', what: 'A sign-in token, reset code or API key: whoever reads it may be able to use it.', from: 'page' },
  ssn: { title: 'Social security number', what: 'Digits in the form of a social security number.', from: 'page' },
  other: { title: 'Other', what: 'Something that does not belong in a recording, of no kind named here.', from: 'page' },
  field: { title: 'Content of a field', what: 'What somebody typed, chose or had filled in.', from: 'snippet' },
  markup: {
    title: 'Page code',
    what: 'Attributes or elements that a recording never holds, such as scripts and hidden data.',
    from: 'snippet',
  },
  url: { title: 'Part of an address', what: 'Query keys, hashes or ids that are not allowed in stored addresses.', from: 'snippet' },
};

export const leakPlaces: Readonly<Record<Leak['where'], string>> = {
  recording: 'In the replay',
  event: 'In an event',
  address: 'In the address',
};

const pageAdvice: Readonly<Record<Leak['where'], string>> = {
  recording: 'Put data-ll-mask on the element that shows it, so that it never leaves the browser.',
  event: 'Leave it out of what the site gives to track() and of names of forms, fields and titles.',
  address: 'Move it out of the address: send it in the body of a request, or keep it in the session of your site.',
};

const snippetAdvice =
  'The snippet takes this out before it sends. Load it from Leadlight rather than from a copy of your own; if you do, somebody else may be sending with your key, and a new key helps.';

/** What to do about it, where it was found. */
export function adviceFor({ kind, where }: Pick<Leak, 'kind' | 'where'>): string {
  return leakKinds[kind].from === 'page' ? pageAdvice[where] : snippetAdvice;
}

export interface LeakAdvice {
  readonly kind: Leak['kind'];
  readonly advice: readonly string[];
}

/** One entry for each kind that was found, in the order of first sight, with each advice once. */
export function adviceOn(leaks: readonly Pick<Leak, 'kind' | 'where'>[]): LeakAdvice[] {
  const kinds = [...new Set(leaks.map(({ kind }) => kind))];
  return kinds.map((kind) => ({ kind, advice: [...new Set(leaks.filter((leak) => leak.kind === kind).map(adviceFor))] }));
}
