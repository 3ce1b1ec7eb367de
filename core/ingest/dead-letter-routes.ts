/** Events that were set aside: why, what is left of them, and another try once the catalogue reads them. */
import type Router from '@koa/router';
import { z } from 'zod';
import type { DeadLetter as DeadLetterView } from '#contract/rest.ts';
import { between, deadLetterDetail, deadLetterList, deadLetterReplayed, paging } from '#contract/rest.ts';
import { answerPage, readCursor } from '../http/page.ts';
import type { Platform } from '../platform.ts';
import { type Api, openApi } from '../rest/api.ts';
import { noQuery, nothing } from '../rest/declaration.ts';
import { timeOf } from '../sessions/wanted-sessions.ts';
import { newestRuns, readRuns } from '../store/read-runs.ts';
import { noteAccess } from '../workspaces/access-log.ts';
import { missing } from '../workspaces/require-member.ts';
import type { Batch } from './batch.ts';
import { DeadLetter, type DeadLetterDocument } from './dead-letter.ts';
import type { GroupCommit } from './group-commit.ts';
import { replayDeadLetter } from './replay-dead-letter.ts';

const newestFirst = z.tuple([z.coerce.date(), z.string()]);
const query = z.strictObject({
  ...paging,
  ...between,
  site: z.string().max(100).optional().describe('Id of a site'),
  reason: z.string().max(100).optional().describe('Words in the reason'),
  replayed: z.enum(['yes', 'no']).default('no').describe('Those that were replayed already'),
});
const reads = { method: 'get', tag: 'dead-letters', needs: { scope: 'dead-letters:read' }, body: nothing } as const;
const writes = { tag: 'dead-letters', needs: { scope: 'dead-letters:write' }, query: noQuery, body: nothing } as const;

export function addDeadLetterRoutes(router: Router, platform: Platform, commits: GroupCommit<Batch>): void {
  const api = openApi(router, platform);
  addDeadLetterReads(api);

  const replay = {
    method: 'post',
    path: '/v1/dead-letters/:id/replay',
    name: 'replayDeadLetter',
    summary: 'Try to read it again',
  } as const;
  const about = 'It is read by the catalogue of now, and joins its session once, however often it is replayed. They are kept for 30 days.';
  const refusals = { 'content-gone': [409, 'Too little of it was kept'], 'session-gone': [409, 'Its session was erased'] } as const;
  api.route({ ...writes, ...replay, about, refusals, answer: deadLetterReplayed }, async ({ caller, params }) => {
    const letter = await findLetter(caller, params.id);
    const outcome = await replayDeadLetter(platform, commits, letter);
    await noteAccess(platform, caller, { action: 'dead-letter.replayed', subject: letter._id });
    return outcome;
  });

  const end = { method: 'delete', path: '/v1/dead-letters/:id', name: 'deleteDeadLetter', summary: 'Delete it' } as const;
  api.route({ ...writes, ...end, answer: nothing }, async ({ caller, params }) => {
    const { workspaceId, _id } = await findLetter(caller, params.id);
    await DeadLetter.deleteOne({ workspaceId, _id });
    await noteAccess(platform, caller, { action: 'dead-letter.deleted', subject: _id });
    return undefined;
  });
}

function addDeadLetterReads(api: Api): void {
  const list = { path: '/v1/dead-letters', name: 'listDeadLetters', summary: 'List events that were set aside, newest first' } as const;
  api.route({ ...reads, ...list, query, answer: deadLetterList }, async ({ ctx, caller: { workspaceId }, query: { limit, ...asked } }) => {
    const cursor = readCursor(ctx, newestFirst);
    const rows = await readRuns(newestRuns('receivedAt', cursor), limit + 1, (run, most) =>
      DeadLetter.find({ workspaceId, $and: [...filtersOf(asked), run] })
        .sort({ receivedAt: -1, _id: 1 })
        .limit(most)
        .lean<DeadLetterDocument[]>(),
    );
    return answerPage(rows, limit, { present, cursor: ({ receivedAt, _id }) => [receivedAt, _id] });
  });

  const read = { path: '/v1/dead-letters/:id', name: 'readDeadLetter', summary: 'Read one with what is left of the event' } as const;
  api.route({ ...reads, ...read, query: noQuery, answer: deadLetterDetail }, async ({ caller, params }) => {
    const letter = await findLetter(caller, params.id);
    return { ...present(letter), event: letter.content === null ? null : JSON.parse(letter.content) };
  });
}

function filtersOf({ site, reason, replayed, from, to }: Omit<z.infer<typeof query>, 'limit' | 'cursor'>): object[] {
  return [
    { replayedAt: replayed === 'yes' ? { $ne: null } : null },
    site === undefined ? {} : { siteId: site },
    // The words are data: nothing in them is a pattern.
    reason === undefined ? {} : { reason: new RegExp(reason.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'), 'i') },
    from === undefined && to === undefined ? {} : { receivedAt: timeOf({ from, to }) },
  ];
}

async function findLetter({ workspaceId }: { readonly workspaceId: string }, id: string | undefined): Promise<DeadLetterDocument> {
  const letter = await DeadLetter.findOne({ workspaceId, _id: id ?? '' }).lean();
  if (letter === null) throw missing('dead letter');
  return letter;
}

function present({ _id: id, siteId, sessionId, eid, reason, receivedAt, content, replayedAt }: DeadLetterDocument): DeadLetterView {
  const replayed = replayedAt?.toISOString() ?? null;
  // Those from before there was a content have none.
  return { id, siteId, sessionId, eid, reason, receivedAt: receivedAt.toISOString(), replayable: Boolean(content), replayedAt: replayed };
}
