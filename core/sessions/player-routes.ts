/** The replay player's origin: its document, its files, and recordings for whoever holds a ticket. No cookie is read or set here. */
import { Readable } from 'node:stream';
import { promisify } from 'node:util';
import { constants, gzip, zstdCompress } from 'node:zlib';
import type Router from '@koa/router';
import type { Context } from 'koa';
import { z } from 'zod';
import { Failure } from '#contract/failure.ts';
import { parseValue } from '../http/parse.ts';
import { sendFile } from '../http/send-file.ts';
import type { Platform } from '../platform.ts';
import { playerPolicy } from './player-policy.ts';
import { readFrameFor, readIndex } from './read-frames.ts';
import { readRecording } from './read-recording.ts';
import { redeemTicket } from './replay-ticket.ts';
import { continueViewing, openViewing } from './replay-viewing.ts';

export function addPlayerRoutes(router: Router, platform: Platform): void {
  const root = `${platform.config.buildDir}/replay`;

  router.get('/player', async (ctx) => {
    ctx.set('Content-Security-Policy', playerPolicy(new URL(platform.config.publicUrl).origin));
    ctx.set('Referrer-Policy', 'no-referrer');
    ctx.set('Cache-Control', 'no-cache');
    // The app frames it; the policy above says that nobody else may.
    ctx.remove('X-Frame-Options');
    ctx.set('Cross-Origin-Resource-Policy', 'cross-origin');
    await sendFile(ctx, 'index.html', { root });
  });

  router.get(['/player-start.js', '/player.js', '/player.css'], async (ctx) => {
    ctx.set('Cache-Control', 'no-cache');
    await sendFile(ctx, ctx.path, { root });
    // Whoever has it already, compiled, goes on with that.
    if (ctx.fresh) ctx.status = 304;
  });

  router.get('/recording', async (ctx) => {
    const session = await redeemTicket(platform, bearerOf(ctx));
    ctx.type = 'application/json';
    ctx.body = Readable.from(readRecording(platform, session));
  });

  router.get('/recording/index', async (ctx) => {
    const { session, token } = await openViewing(platform, bearerOf(ctx));
    const { at } = parseValue(indexQuery, { ...ctx.query });
    await answerPacked(ctx, await readIndex(platform, session, { token, atMs: at }));
  });

  router.get('/recording/frames/:number', async (ctx) => {
    const session = await continueViewing(platform, bearerOf(ctx));
    await answerPacked(ctx, await readFrameFor(platform, session, parseValue(frameNumber, ctx.params.number)));
  });
}

const indexQuery = z.object({ at: z.coerce.number().min(0).max(1e9).default(0) });
const frameNumber = z.coerce.number().int().min(0).max(1e6);

/** The token of a request for a recording, which nobody else may remember or hear of. */
function bearerOf(ctx: Context): string {
  ctx.set('Cache-Control', 'no-store, private');
  ctx.set('Referrer-Policy', 'no-referrer');
  const [scheme, token] = ctx.get('Authorization').split(' ');
  if (scheme === 'Bearer' && token !== undefined) return token;
  throw new Failure('unauthenticated', 'Open the replay from Leadlight.', { code: 'replay-ticket-missing' });
}

const packers = { zstd: promisify(zstdCompress), gzip: promisify(gzip) } as const;

/** At the lowest level: it is read once, and somebody waits for it. */
async function answerPacked(ctx: Context, json: string): Promise<void> {
  ctx.type = 'application/json';
  ctx.vary('Accept-Encoding');
  const encoding = ctx.acceptsEncodings('zstd', 'gzip', 'identity');
  if (encoding === 'zstd') ctx.body = await packers.zstd(json, { params: { [constants.ZSTD_c_compressionLevel]: 1 } });
  else if (encoding === 'gzip') ctx.body = await packers.gzip(json, { level: 1 });
  else ctx.body = json;
  if (encoding === 'zstd' || encoding === 'gzip') ctx.set('Content-Encoding', encoding);
}
