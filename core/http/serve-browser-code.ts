/** Serves what was built for browsers: the snippet to every website, the web app to our own address. */
import { join } from 'node:path';
import type Router from '@koa/router';
import type { Context } from 'koa';
import type { Platform } from '../platform.ts';
import { sendFile } from './send-file.ts';

const snippetFiles = ['/ll.js', '/ll-visit.js', '/ll-shop.js', '/ll-recorder.js', '/ll-integrity.json'];

export function addBrowserRoutes(router: Router, platform: Platform): void {
  const { buildDir } = platform.config;

  router.get(snippetFiles, async (ctx) => {
    ctx.set('Access-Control-Allow-Origin', '*');
    ctx.set('Cross-Origin-Resource-Policy', 'cross-origin');
    ctx.set('Cache-Control', 'public, max-age=300');
    await sendFile(ctx, ctx.path, { root: join(buildDir, 'snippet') });
  });

  router.get('/{*path}', (ctx) => serveApp(ctx, join(buildDir, 'app')));
}

/** Files by their path, and the app's document for every address of its own. */
async function serveApp(ctx: Context, root: string): Promise<void> {
  const isFile = /^\/assets\/|\.[a-z0-9]+$/i.test(ctx.path);
  ctx.set('Cache-Control', ctx.path.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache');
  await (isFile ? sendFile(ctx, ctx.path, { root }) : sendFile(ctx, 'index.html', { root, what: 'web app' }));
}
