import { randomInt } from 'node:crypto';
import Router from '@koa/router';
import type { Context, Middleware } from 'koa';
import send from 'koa-send';
import type { HeadCode } from './head-code.ts';
import type { Page, Pages } from './load-pages.ts';

const assetAgeMs = 5 * 60_000;

/** Answers a page for its clean path, and the “not found” page where nobody further in has an answer. */
export function answerWithPage(pages: Pages, headCode: HeadCode): Middleware {
  const show = (ctx: Context, page: Page) => {
    ctx.type = 'html';
    ctx.set('cache-control', 'no-cache');
    ctx.body = page.html(headCode.current);
  };
  return async (ctx, next) => {
    ctx.set({ 'x-content-type-options': 'nosniff', 'referrer-policy': 'strict-origin-when-cross-origin' });
    const reading = ctx.method === 'GET' || ctx.method === 'HEAD';
    const page = reading ? pages.all.get(ctx.path) : undefined;
    if (page) return show(ctx, page);
    // Known pages only: a path such as //elsewhere/ must not become a redirect to another host.
    const unslashed = ctx.path.replace(/\/$/, '');
    if (reading && pages.all.has(unslashed)) {
      ctx.redirect(unslashed + ctx.search);
      ctx.status = 301;
      return;
    }
    await next();
    if (reading && ctx.status === 404 && !ctx.body) {
      show(ctx, pages.notFound);
      ctx.status = 404;
    }
  };
}

/** Everything that is not a page: assets, what search engines ask for, the search index, and where forms are sent. */
export function siteRoutes(pages: Pages, assetsFolder: string): Router {
  const router = new Router();
  router.get('/healthz', (ctx) => {
    ctx.body = { ok: true };
  });
  router.get('/robots.txt', (ctx) => {
    ctx.body = 'User-agent: *\nDisallow: /\n';
  });
  router.get('/sitemap.xml', (ctx) => {
    ctx.type = 'application/xml';
    ctx.body = siteMap(`${ctx.protocol}://${ctx.host}`, pages);
  });
  router.get('/search-index.json', (ctx) => {
    ctx.set('cache-control', 'no-cache');
    const findable = [...pages.all.values()].filter((page) => page.findable);
    ctx.body = findable.map(({ path, title, description, text }) => ({ path, title, description, text }));
  });
  router.post('/forms/:form', receiveForm);
  router.post('/cart/add.js', acceptIntoCart);
  router.post('/cart/add', (ctx) => {
    ctx.redirect('/cart');
    ctx.status = 303;
  });
  router.get('/assets/{*file}', (ctx) => sendAsset(ctx, assetsFolder));
  return router;
}

async function sendAsset(ctx: Context, root: string): Promise<void> {
  try {
    await send(ctx, ctx.path.slice('/assets'.length), { root, maxage: assetAgeMs });
  } catch (error) {
    // A missing file gets the site's own page; whatever else koa-send refuses keeps its status.
    if (!(error instanceof Error && 'status' in error && error.status === 404)) throw error;
  }
}

/** Forms are handled in the browser. What is posted here is not read: a visitor of the demo gives nothing away. */
function receiveForm(ctx: Context): void {
  if (ctx.accepts('json', 'html') === 'html') {
    ctx.redirect('/thanks');
    ctx.status = 303;
    return;
  }
  ctx.status = 202;
  ctx.body = { reference: `HD-${randomInt(100_000, 1_000_000)}` };
}

/** What a Shopify theme calls. The cart itself is in the browser. */
function acceptIntoCart(ctx: Context): void {
  ctx.body = { status: 'added' };
}

function siteMap(origin: string, pages: Pages): string {
  const entries = [...pages.all.keys()].sort().map((path) => `  <url><loc>${origin}${path}</loc></url>`);
  return `<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n${entries.join('\n')}\n</urlset>\n`;
}
