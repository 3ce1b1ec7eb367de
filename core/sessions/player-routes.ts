/** The replay player's origin: its document, its files, and recordings for whoever holds a ticket. No cookie is read or set here. */
import { Readable } from 'node:stream';
import type Router from '@koa/router';
import { Failure } from '#contract/failure.ts';
import { sendFile } from '../http/send-file.ts';
import type { Platform } from '../platform.ts';
import { playerPolicy } from './player-policy.ts';
import { readRecording } from './read-recording.ts';
import { redeemTicket } from './replay-ticket.ts';

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

  router.get(['/player.js', '/player.css'], async (ctx) => {
    ctx.set('Cache-Control', 'no-cache');
    await sendFile(ctx, ctx.path, { root });
  });

  router.get('/recording', async (ctx) => {
    ctx.set('Cache-Control', 'no-store, private');
    ctx.set('Referrer-Policy', 'no-referrer');
    const [scheme, token] = ctx.get('Authorization').split(' ');
    if (scheme !== 'Bearer' || token === undefined) {
      throw new Failure('unauthenticated', 'Open the replay from Leadlight.', { code: 'replay-ticket-missing' });
    }
    const session = await redeemTicket(platform, token);
    ctx.type = 'application/json';
    ctx.body = Readable.from(readRecording(platform, session));
  });
}
