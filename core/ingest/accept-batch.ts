/** Takes one batch from a browser: who is it, may we keep it, clean it, write it, and only then say so. */
import type { IngestAnswer, IngestEnvelope } from '#contract/events.ts';
import { Failure } from '#contract/failure.ts';
import { askToForget } from '../contacts/ask-to-forget.ts';
import { type Identification, identifyVisitor } from '../contacts/identify.ts';
import { withdrawVisitor } from '../contacts/withdraw-visitor.ts';
import type { Platform } from '../platform.ts';
import type { SiteDocument } from '../workspaces/site.ts';
import type { Batch } from './batch.ts';
import { buildBatch, type SentBatch, type Visit } from './build-batch.ts';
import { campaignKeyOf } from './campaign-key.ts';
import type { GroupCommit } from './group-commit.ts';
import type { BadEvent } from './read-events.ts';
import { scrubIdentity } from './scrub-identity.ts';
import { wantedSheets } from './stylesheet.ts';

/** What is answered to a browser of which nothing is kept. */
export const unknownVisitor: IngestAnswer = { known: false, record: false, accepted: 0, refused: [] };

/** How often two tabs may say different things about one browser at the same moment before one of them must ask again. */
const mostTurns = 5;

export async function acceptBatch(platform: Platform, commits: GroupCommit<Batch>, sent: SentBatch): Promise<IngestAnswer> {
  const { site, envelope } = sent;
  if (envelope.withdrawn === true) {
    await withdrawVisitor(platform, site, envelope.vid);
    return unknownVisitor;
  }
  for (let turn = 0; turn < mostTurns; turn += 1) {
    const identified = await identifyVisitor(platform, site, saidBy(envelope));
    if (identified === 'own') {
      await askToForget(platform, site, envelope.vid);
      return unknownVisitor;
    }
    const visit = visitOf(site, identified);
    if (visit === null) return unknownVisitor;
    const batch = buildBatch(sent, visit, platform.clock.now());
    await commits.add(batch);
    if (!batch.outcome.raceLost) return answerTo(envelope, batch);
  }
  throw new Failure('busy', 'This visitor is being changed at the moment. Try again shortly.', {
    code: 'visitor-busy',
    retryAfterMs: 1000,
  });
}

async function answerTo(envelope: IngestEnvelope, batch: Batch): Promise<IngestAnswer> {
  const { arrival, chunks, outcome } = batch;
  const { events, bad } = arrival.body;
  if (outcome.clashes.length > 0 && outcome.clashes.length === chunks.length && events.length === 0) throw clash(outcome.clashes);
  const record = arrival.mode !== 'analytics';
  const announced = record ? (envelope.sheets ?? []) : [];
  const wanted = announced.length === 0 ? [] : await wantedSheets(announced, arrival);
  const refused = [...bad, ...outcome.clashes].map(({ content: _kept, ...told }) => told);
  return { known: true, record, accepted: events.length, refused, ...(wanted.length > 0 && { wanted }) };
}

/** Of a batch in which something else is good, the clash stands in the answer. */
function clash([first]: readonly BadEvent[]): Failure {
  return new Failure('conflict', `Nothing of this batch was kept: ${first?.reason ?? ''}. Do not send it again.`, {
    code: 'chunk-conflict',
  });
}

/** As what the visit may be kept in this site; null when nothing of it may be. */
function visitOf({ config: { modes } }: SiteDocument, identified: Identification): Visit | null {
  const contactId = modes.knownContacts ? identified.visitor.contactId : null;
  if (contactId !== null) return { ...identified, contactId, mode: 'contact' };
  if (modes.anonymousVisitors) return { ...identified, contactId, mode: 'anonymous' };
  return modes.siteAnalytics ? { ...identified, contactId, mode: 'analytics' } : null;
}

/** As the database will know it: the site key is public, so anybody may say anything of anybody. */
function saidBy(envelope: IngestEnvelope) {
  const { vid, sid, identity } = envelope;
  return { vid, sid, ...(identity !== undefined && { identity: scrubIdentity(identity), campaignKey: campaignKeyOf(envelope) }) };
}
