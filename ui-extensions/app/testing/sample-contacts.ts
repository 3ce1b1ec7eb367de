import type { ContactDetail } from '#contract/api.ts';
import type { Insight, ScoreReason } from '#contract/snapshot.ts';

const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();

const adaReasons: ScoreReason[] = [
  { points: 34, text: 'Looked at pricing for 2 min 40 s', at: ago(14), sessionId: 's1', offsetMs: 82_000 },
  { points: 22, text: 'Compared the Team and Business plans', at: ago(12), sessionId: 's1', offsetMs: 151_000 },
  { points: 18, text: 'Came back on 4 days in 30 days', at: ago(26), sessionId: null, offsetMs: null },
  { points: 12, text: 'Read the security page to the end', at: ago(60 * 26), sessionId: 's2', offsetMs: 41_000 },
  { points: 6, text: 'A colleague from Halden Logistics visited', at: ago(60 * 50), sessionId: null, offsetMs: null },
  { points: -6, text: 'Visited the careers page', at: ago(60 * 74), sessionId: 's3', offsetMs: 3_000 },
];

const adaInsight: Insight = {
  label: 'buying',
  confidence: 0.84,
  summary:
    'Ada went from the Team plan to the Business plan twice and opened the procurement FAQ. Yesterday she read the security page to the end. She looks ready to buy and is checking what her company will ask for.',
  nextStep: 'Send the security whitepaper and offer a 20-minute call about the Business plan this week.',
  moments: [
    { sessionId: 's1', offsetMs: 82_000, text: 'Studies the price of 25 seats' },
    { sessionId: 's1', offsetMs: 151_000, text: 'Compares Team with Business' },
    { sessionId: 's2', offsetMs: 41_000, text: 'Reads how data is encrypted' },
  ],
  madeBy: 'rules',
};

function ada(): ContactDetail {
  return {
    id: 'c1',
    name: 'Ada Park',
    email: 'ada.park@halden.example',
    company: 'Halden Logistics',
    score: 86,
    band: 'high',
    trend: 'rising',
    lastSeenAt: ago(0),
    sessions30d: 7,
    totals: { sessions: 23, pageviews: 96, activeMs: 4_260_000 },
    live: true,
    intent: { value: 86, band: 'high', reasons: adaReasons },
    insight: adaInsight,
    crm: [{ provider: 'hubspot', title: 'HubSpot', recordId: '501', url: 'https://app.hubspot.com/contacts/48121/record/0-1/501' }],
    linkToken: 'Vq3nT8yKpL2sXw6Z',
    createdAt: ago(60 * 24 * 30),
  };
}

const firstNames = [
  'Tomas',
  'Ines',
  'Priya',
  'Jonas',
  'Mei',
  'Omar',
  'Clara',
  'Luca',
  'Freya',
  'Samuel',
  'Hana',
  'Victor',
  'Zofia',
  'Diego',
];
const lastNames = [
  'Berg',
  'Carvalho',
  'Raman',
  'Weber',
  'Tanaka',
  'Haddad',
  'Moreau',
  'Conti',
  'Solberg',
  'Okafor',
  'Novak',
  'Silva',
  'Kowalska',
];
const companies = ['Brightwater', 'Osprey Health', 'Kiln & Co', 'Meridian Bank', 'Tallgrass', 'Ferrous Works', 'Lumen Travel', ''];

function another(index: number): ContactDetail {
  const name = `${firstNames[index % firstNames.length]} ${lastNames[(index * 5) % lastNames.length]}`;
  const company = companies[index % companies.length] ?? '';
  const score = Math.max(0, 82 - Math.floor(index * 1.35));
  const band = score >= 70 ? 'high' : score >= 40 ? 'medium' : 'low';
  const at = ago(index * index * 9 + 4);
  const reasons = score === 0 ? [] : [{ points: score, text: 'Visited the site', at, sessionId: null, offsetMs: null }];
  return {
    ...ada(),
    id: `c${index + 2}`,
    name,
    email:
      index % 9 === 8 ? null : `${name.toLowerCase().replace(' ', '.')}@${company.toLowerCase().replace(/\W+/g, '') || 'mail'}.example`,
    company,
    score,
    band,
    trend: index % 3 === 0 ? 'rising' : index % 3 === 1 ? 'steady' : 'falling',
    lastSeenAt: score === 0 ? null : at,
    sessions30d: score === 0 ? 0 : 1 + ((index * 7) % 9),
    totals: { sessions: score === 0 ? 0 : 12 + index, pageviews: 40, activeMs: 900_000 },
    live: index === 3,
    intent: { value: score, band, reasons },
    insight: null,
    crm: [],
  };
}

/** 64 contacts by score, the first of them on the site now; the last never visited. */
export function sampleContacts(): ContactDetail[] {
  return [ada(), ...Array.from({ length: 63 }, (_, index) => another(index))];
}
