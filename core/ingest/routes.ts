/** The public border: the site's configuration, and the one address that takes batches. */
import type Router from '@koa/router';
import type { Context } from 'koa';
import { ingestEnvelope } from '#contract/events.ts';
import { Failure } from '#contract/failure.ts';
import { callerHash, createLimit } from '../http/limit.ts';
import { decompress, parseJsonText, parseValue, readBody } from '../http/parse.ts';
import { isLocal, isLoopbackHost, type Platform } from '../platform.ts';
import { acrossWorkspaces } from '../store/tenant-guard.ts';
import { Site, type SiteDocument } from '../workspaces/site.ts';
import { siteGeneration } from '../workspaces/site-generation.ts';
import { acceptBatch, unknownVisitor } from './accept-batch.ts';
import type { Batch } from './batch.ts';
import { isNamedBot } from './enrich.ts';
import type { GroupCommit } from './group-commit.ts';

const limits = { wireBytes: 1024 * 1024, plainBytes: 8 * 1024 * 1024 };
const configLifeSeconds = 300;

export function addIngestRoutes(router: Router, platform: Platform, commits: GroupCommit<Batch>): void {
  const findSite = cachedSites(platform);
  const perSite = createLimit(20_000, 10);
  const perCaller = createLimit(600, 10);

  router.get('/v1/sites/:siteKey/config', async (ctx) => {
    const site = await findSite(ctx.params.siteKey ?? '');
    ctx.set('Access-Control-Allow-Origin', '*');
    ctx.set('Cross-Origin-Resource-Policy', 'cross-origin');
    ctx.set('Cache-Control', `public, max-age=${configLifeSeconds}`);
    if (originAllowed(platform, site, originOf(ctx))) await noteSnippet(platform, site);
    ctx.body = site.config;
  });

  // `text/plain` needs no preflight; this answers the callers that ask all the same.
  router.options('/v1/ingest', (ctx) => {
    ctx.set({
      'Access-Control-Allow-Origin': '*',
      'Access-Control-Allow-Headers': 'Content-Type, Content-Encoding',
      'Access-Control-Max-Age': '86400',
    });
    ctx.status = 204;
  });

  router.post('/v1/ingest', async (ctx) => {
    const body = await decompress(await readBody(ctx, limits), encodingOf(ctx), limits);
    const site = await findSite(String(ctx.query.key ?? ''));
    allowOrigin(platform, ctx, site);
    await perSite.take(site._id);
    await perCaller.take(callerHash(platform, ctx));
    const userAgent = ctx.get('User-Agent');
    ctx.set('Cache-Control', 'no-store');
    refusePrefetch(ctx);
    const envelope = parseValue(ingestEnvelope, parseJsonText(body));
    ctx.body = isNamedBot(userAgent) ? unknownVisitor : await acceptBatch(platform, commits, { site, userAgent, envelope });
    ctx.status = 202;
  });
}

function encodingOf(ctx: Context): string {
  return String(ctx.query.enc ?? '') || ctx.get('Content-Encoding');
}

/**
 * Sites by key, remembered for five seconds: a flood does not reach the database, and a setting that was changed through another process
 * is seen soon. One that was changed through this process is seen at once.
 */
function cachedSites(platform: Platform): (siteKey: string) => Promise<SiteDocument> {
  const cache = new Map<string, { site: SiteDocument | null; until: number }>();
  let seen = siteGeneration();
  return async (siteKey) => {
    const now = performance.now();
    const generation = siteGeneration();
    if (generation !== seen) cache.clear();
    seen = generation;
    const hit = cache.get(siteKey);
    const site = hit !== undefined && hit.until > now ? hit.site : await Site.findOne({ siteKey }).setOptions(acrossWorkspaces).lean();
    if (hit?.site !== site) {
      if (cache.size > 10_000) cache.clear();
      // What was read before a change is not remembered after it.
      if (generation === siteGeneration()) cache.set(siteKey, { site, until: now + 5000 });
    }
    if (site !== null) return site;
    platform.log.debug({}, 'a batch came with an unknown site key');
    throw new Failure('missing', 'This site key is not known. Copy the snippet again from Leadlight.', { code: 'site-key-unknown' });
  };
}

/** A browser's own word for where the snippet runs; `Referer` where a plain GET carries no `Origin`. */
function originOf(ctx: Context): string {
  const origin = ctx.get('Origin');
  if (origin !== '') return origin;
  const referrer = ctx.get('Referer');
  return URL.canParse(referrer) ? new URL(referrer).origin : '';
}

/** On a local installation any page of this machine may be tried. */
function originAllowed(platform: Platform, site: SiteDocument, origin: string): boolean {
  if (site.origins.includes(origin)) return true;
  return isLocal(platform.config) && URL.canParse(origin) && isLoopbackHost(new URL(origin).hostname);
}

function allowOrigin(platform: Platform, ctx: Context, site: SiteDocument): void {
  const origin = ctx.get('Origin');
  // So that the snippet can read why it was refused.
  ctx.set('Access-Control-Allow-Origin', origin === '' ? '*' : origin);
  ctx.set('Access-Control-Expose-Headers', 'Retry-After');
  ctx.set('Cross-Origin-Resource-Policy', 'cross-origin');
  ctx.vary('Origin');
  if (originAllowed(platform, site, origin)) return;
  const message = `This site key does not belong to ${origin === '' ? 'a caller without an Origin header' : origin}. Add the domain in Leadlight under Settings.`;
  throw new Failure('forbidden', message, { code: 'origin-not-allowed' });
}

/** A page that was loaded ahead has no visitor yet. Once it is shown, the snippet sends again, and then it counts from its beginning. */
function refusePrefetch(ctx: Context): void {
  if (!/\bprefetch\b/i.test(`${ctx.get('Sec-Purpose')} ${ctx.get('Purpose')}`)) return;
  throw new Failure('busy', 'This page was loaded ahead and is not shown yet. Send again once it is.', {
    code: 'page-not-shown',
    retryAfterMs: 3000,
  });
}

/** Once, for the whole site: it says nothing about who came. */
async function noteSnippet(platform: Platform, site: SiteDocument): Promise<void> {
  if (site.snippetSeenAt !== null) return;
  await Site.updateOne(
    { workspaceId: site.workspaceId, _id: site._id, snippetSeenAt: null },
    { $set: { snippetSeenAt: platform.clock.now() } },
  );
}
