import type { AlertSnapshot, ContactSnapshot, SessionSnapshot } from '#contract/snapshot.ts';

export const SESSION_ID = '0f8fad5b-d9cb-469f-a165-70867728950e';
const REPLAY_URL = `https://leadlight.example.com/r/${SESSION_ID}?t=352`;

/** For tests: a typical value, of which a test names only what it is about. */
export function aContact(wish: Partial<ContactSnapshot> = {}): ContactSnapshot {
  return {
    contactId: 'contact-1',
    recordId: '101',
    score: 72,
    band: 'high',
    trend: 'rising',
    reasons: 'Looked at pricing for 2 min\nCame back twice this week',
    lastSeenAt: '2026-11-03T14:02:00.000Z',
    sessions30d: 3,
    insight: 'Compares the plans.',
    nextStep: 'Offer a call about the Team plan.',
    replayUrl: REPLAY_URL,
    linkToken: 'tok_abcdefghijklmnop',
    ...wish,
  };
}

export function aSession(wish: Partial<SessionSnapshot> = {}): SessionSnapshot {
  return {
    sessionId: SESSION_ID,
    recordId: '101',
    startedAt: '2026-11-03T14:02:00.000Z',
    endedAt: null,
    activeMs: 125_000,
    pages: [
      { title: 'Pricing', path: '/pricing', activeMs: 95_000 },
      { title: 'Security', path: '/security', activeMs: 30_000 },
    ],
    score: 72,
    band: 'high',
    intent: 'evaluating',
    summary: 'Compared the plans and read about security.',
    replayUrl: REPLAY_URL,
    entryId: null,
    mayExist: false,
    ...wish,
  };
}

export function anAlert(wish: Partial<AlertSnapshot> = {}): AlertSnapshot {
  return {
    sessionId: SESSION_ID,
    contactName: 'Ada Park',
    company: 'Northwind Robotics',
    email: 'ada.park@northwind.example',
    score: 72,
    band: 'high',
    signal: 'Came back and looked at pricing',
    reasons: ['Looked at pricing for 2 min', 'Came back twice this week'],
    pages: [
      { title: 'Pricing', path: '/pricing', activeMs: 95_000 },
      { title: 'Security', path: '/security', activeMs: 30_000 },
    ],
    live: true,
    startedAt: '2026-11-03T14:02:00.000Z',
    lastSeenAt: '2026-11-03T14:06:00.000Z',
    insight: null,
    replayUrl: REPLAY_URL,
    contactUrl: 'https://leadlight.example.com/contacts/contact-1',
    crm: { title: 'HubSpot', url: 'https://app.hubspot.com/contacts/4815162/record/0-1/101' },
    claimedBy: null,
    snoozedUntil: null,
    notUseful: false,
    ...wish,
  };
}
