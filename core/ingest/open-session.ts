/**
 * Writes what a batch tells of its session. Every part of it gives the same result in any order: batches of several tabs, and retries,
 * overtake each other.
 */
import type { AnyBulkWriteOperation } from 'mongoose';
import { heldForExpression } from '../sessions/hold-session.ts';
import type { SessionDocument } from '../sessions/session.ts';
import type { Batch } from './batch.ts';
import { channelOfLink } from './enrich.ts';

export function openSession(batch: Batch): AnyBulkWriteOperation<SessionDocument> {
  return {
    updateOne: {
      filter: { workspaceId: batch.workspaceId, _id: batch.sessionId },
      update: [
        { $set: { ...fixed(batch), ...times(batch), ...evidence(batch), ...whose(batch), ...origin(batch) } },
        { $set: { mode: modeExpression, channel: channelExpression } },
        { $set: { heldFor: heldForExpression } },
      ],
      upsert: true,
    },
  };
}

const kept = (field: string, otherwise: unknown) => ({ $ifNull: [`$${field}`, { $literal: otherwise }] });

function fixed({ siteId, visitorId, session: { device, browser, os } }: Batch) {
  return {
    siteId: kept('siteId', siteId),
    visitorId: kept('visitorId', visitorId),
    device: kept('device', device),
    browser: kept('browser', browser),
    os: kept('os', os),
    summary: kept('summary', null),
    insight: kept('insight', null),
    joinedAt: kept('joinedAt', null),
    withdrawnAt: kept('withdrawnAt', null),
  };
}

/** A visitor who comes back within the session's time opens it again; one who took the consent back does not. */
function times({ span, receivedAt, chunks }: Batch) {
  return {
    startedAt: { $min: ['$startedAt', span.first] },
    lastEventAt: { $max: ['$lastEventAt', span.last] },
    lastSeenAt: { $max: ['$lastSeenAt', receivedAt] },
    endedAt: { $cond: [{ $eq: [kept('withdrawnAt', null), null] }, null, '$endedAt'] },
    hasRecording: { $or: [kept('hasRecording', false), chunks.length > 0] },
  };
}

/** Any word for it will do; the greatest stays, and `dwell`, which says least, is the least of the words. */
function evidence(batch: Batch) {
  return {
    evidence: { $ifNull: [{ $max: ['$evidence', batch.evidence] }, null] },
    automated: { $or: [kept('automated', false), batch.automated] },
  };
}

/** The newest state of the visitor counts; of one state, who knows the contact. */
function whose({ contactId, mode, visitor: { version, standing } }: Batch) {
  const known = kept('visitorVersion', -1);
  return {
    contactId: {
      $cond: [
        { $gt: [version, known] },
        contactId,
        { $cond: [{ $eq: [version, known] }, { $ifNull: [contactId, '$contactId', null] }, kept('contactId', null)] },
      ],
    },
    standing: { $cond: [{ $gte: [version, known] }, standing, '$standing'] },
    mode: { $cond: [{ $gte: [version, known] }, mode, '$mode'] },
    visitorVersion: { $max: ['$visitorVersion', version] },
  };
}

const modeExpression = { $cond: [{ $eq: ['$contactId', null] }, '$mode', 'contact'] };

/** The batch that tells where the visitor came from may not be the first to arrive. */
function origin({ cameBy, session: { context, channel } }: Batch) {
  const isToldAlready = { $ne: [kept('context', {}), { $literal: {} }] };
  return {
    context: { $cond: [isToldAlready, '$context', { $literal: context }] },
    channel: { $cond: [isToldAlready, '$channel', channel] },
    cameBy: { $ifNull: [{ $max: ['$cameBy', cameBy] }, null] },
  };
}

const channelExpression = {
  $cond: [
    { $or: [{ $ne: ['$channel', 'direct'] }, { $eq: ['$cameBy', null] }] },
    '$channel',
    { $cond: [{ $eq: ['$cameBy', 'mergeTag'] }, channelOfLink.mergeTag, channelOfLink.tracked] },
  ],
};
