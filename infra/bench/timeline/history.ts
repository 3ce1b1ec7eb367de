/** A workspace's history, made at once: contacts with their sessions and raw events as the fold and the jobs leave them. */
import { randomBytes, randomInt, randomUUID } from 'node:crypto';
import mongoose from 'mongoose';
import { Contact } from '#core/contacts/contact.ts';
import { newContact } from '#core/contacts/new-contact.ts';
import type { Platform } from '#core/platform.ts';
import { bucketId, EventBucket } from '#core/sessions/event-bucket.ts';
import { type EventRow, packEids, packRows } from '#core/sessions/pack-events.ts';
import { Session } from '#core/sessions/session.ts';
import { type ExamplePage, exampleSummary } from '#core/sessions/summarise-example.ts';
import { Site } from '#core/workspaces/site.ts';

/** As in a bucket. */
const eventsPerSession = 50;
const sessionsPerContact = 34;
const atOnce = 1000;
const dayMs = 86_400_000;

/** @returns the contacts that have sessions. */
export async function makeHistory(platform: Platform, workspaceId: string, events: number): Promise<string[]> {
  const { _id: siteId } = await Site.findOne({ workspaceId }).orFail().lean();
  const sessions = Math.round(events / eventsPerSession);
  const visited = await makeContacts(platform, workspaceId, Math.ceil(sessions / sessionsPerContact));
  const now = platform.clock.now().getTime();
  const template = sessionFields(now);
  for (let made = 0; made < sessions; made += atOnce) {
    const numbers = Array.from({ length: Math.min(atOnce, sessions - made) }, (_, place) => made + place);
    const rows = numbers.map((number) => {
      const startedAt = new Date(now - 600_000 - randomInt(30 * dayMs));
      const contactId = visited[number % visited.length] ?? '';
      const _id = `ses_${randomBytes(16).toString('hex')}`;
      return { ...template, _id, workspaceId, siteId, contactId, visitorId: `vis_${number % visited.length}`, ...timesOf(startedAt, now) };
    });
    await insert(Session.collection, rows);
    await insert(
      EventBucket.collection,
      rows.map(({ _id: sessionId, startedAt }) => bucketOf(workspaceId, sessionId, startedAt)),
    );
  }
  return visited;
}

/** Live is the same number of visits, however long the history is. */
const live = 60;
let livePlaces = live;

function timesOf(startedAt: Date, now: number) {
  livePlaces -= 1;
  if (livePlaces >= 0)
    return { startedAt: new Date(now - 60_000), lastEventAt: new Date(now), lastSeenAt: new Date(now + dayMs), endedAt: null };
  const endedAt = new Date(startedAt.getTime() + 300_000);
  return { startedAt, lastEventAt: endedAt, lastSeenAt: endedAt, endedAt };
}

async function makeContacts(platform: Platform, workspaceId: string, visited: number): Promise<string[]> {
  const ids: string[] = [];
  const intent = {
    value: 0,
    band: 'low' as const,
    reasons: [{ points: 9, text: 'Looked at pricing for 2 min', at: platform.clock.now().toISOString(), sessionId: null, offsetMs: null }],
  };
  // Many are imported from the CRM and never came.
  for (let made = 0; made < visited * 10; made += atOnce) {
    const rows = Array.from({ length: Math.min(atOnce, visited * 10 - made) }, (_, place) => {
      const came = made + place < visited;
      const contact = newContact(platform, {
        workspaceId,
        name: `Ada ${made + place}`,
        email: `ada-${randomUUID()}@example.com`,
        company: 'Brightwater',
      });
      const value = came ? 1 + randomInt(100) : 0;
      return {
        ...contact,
        intent: { ...intent, value },
        lastSeenAt: came ? new Date(Date.now() - randomInt(30 * dayMs)) : null,
        sessions30d: came ? sessionsPerContact : 0,
      };
    });
    await insert(Contact.collection, rows);
    ids.push(...rows.filter(({ lastSeenAt }) => lastSeenAt !== null).map(({ _id }) => _id));
  }
  return ids;
}

const pages: readonly ExamplePage[] = [
  { path: '/', seconds: 20 },
  { path: '/pricing', seconds: 90, deeds: [['pricing_engage', { plans: { Team: 40_000 } }]] },
  { path: '/demo', seconds: 40, deeds: [['form_start', { formId: 'demo' }]] },
  { path: '/customers', seconds: 30 },
];

function sessionFields(now: number) {
  return {
    mode: 'contact',
    visitorVersion: 1,
    standing: 'bound',
    withdrawnAt: null,
    joinedAt: null,
    evidence: 'pointer',
    automated: false,
    heldFor: null,
    context: { language: 'en', timeZone: 'Europe/Paris' },
    device: 'desktop',
    browser: 'Firefox',
    os: 'Linux',
    channel: 'email',
    cameBy: 'mergeTag',
    summary: exampleSummary(new Date(now), pages),
    insight: {
      label: 'evaluating',
      confidence: 0.7,
      summary: 'Looked at pricing for 2 min and began a demo form.',
      nextStep: 'Call today.',
      moments: [],
      madeBy: 'rules',
    },
    hasRecording: true,
    told: { events: { page_view: 4, engagement: 44, pricing_engage: 1, form_start: 1 } },
    stored: { buckets: 1, inLast: eventsPerSession },
  };
}

const pageId = randomUUID();
let packedBody: Buffer | null = null;

function bucketOf(workspaceId: string, sessionId: string, startedAt: Date) {
  const eids = Array.from({ length: eventsPerSession }, () => randomUUID());
  const rows = eids.map(
    (eid, place): EventRow => [
      eid,
      'engagement',
      startedAt.getTime() + place * 1000,
      pageId,
      'https://www.example.com/pricing',
      { scrollDepth: place, activeMs: place * 1000 },
      startedAt.getTime() + place * 1000,
    ],
  );
  // Compressing each apart would take longer than all the rest, and no list reads it.
  packedBody ??= packRows(rows);
  return {
    _id: bucketId(sessionId, 0),
    workspaceId,
    sessionId,
    count: eventsPerSession,
    parts: [],
    eids: packEids(eids),
    body: packedBody,
    expireAt: new Date(startedAt.getTime() + 32 * dayMs),
  };
}

/** Without mongoose in between, and without waiting for the disk each time. */
async function insert({ name }: { readonly name: string }, rows: readonly object[]): Promise<void> {
  const collection = mongoose.connection.db?.collection(name);
  await collection?.insertMany(
    rows.map((row) => ({ ...row })),
    { ordered: false, writeConcern: { w: 1 } },
  );
}
