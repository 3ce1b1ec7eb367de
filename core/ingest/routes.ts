/** The public border: the site's configuration, and the one address that takes batches. */
import type Router from '@koa/router';
import type { Context } from 'koa';
import type { IngestAnswer } from '#contract/events.ts';
import { Failure } from '#contract/failure.ts';
import { readClientHints } from '../enrich/client-hints.ts';
import { findPlace, keepsPlace } from '../enrich/place.ts';
import { callerAddress } from '../http/caller-address.ts';
import { compressionOf, decompress, plainSize } from '../http/decompress.ts';
import { callerHash, createLimit, type Limit } from '../http/limit.ts';
import { countAccepted, measureAdmission } from '../http/metrics.ts';
import { readBody } from '../http/read-body.ts';
import type { Platform } from '../platform.ts';
import { Site, type SiteDocument } from '../workspaces/site.ts';
import { acceptBatch, unknownVisitor } from './accept-batch.ts';
import { createAdmission, type Visit } from './admission.ts';
import { letOriginRead, originAllowed, originOf, refuseOrigin } from './allow-origin.ts';
import type { Batch } from './batch.ts';
import type { SentBatch } from './build-batch.ts';
import { type CachedSites, cachedSites } from './cached-sites.ts';
import { isNamedBot } from './enrich.ts';
import type { GroupCommit } from './group-commit.ts';
import { measureBacklog } from './measure-backlog.ts';
import { readEnvelope } from './read-envelope.ts';

const wireBytes = 1024 * 1024;
const plainLimits = { plainBytes: 8 * 1024 * 1024 };
const configLifeSeconds = 300;

export function addIngestRoutes(router: Router, platform: Platform, commits: GroupCommit<Batch>): void {
  const sites = cachedSites(platform);
  const border: Border = { platform, commits, sites, perSite: createLimit(200_000, 10), perCaller: createLimit(600, 10) };
  const admission = createAdmission();
  measureAdmission(admission.facts);
  measureBacklog(platform);

  router.get('/v1/sites/:siteKey/config', async (ctx) => {
    const site = await sites.find(ctx.params.siteKey ?? '');
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
    const siteKey = String(ctx.query.key ?? '');
    letOriginRead(ctx);
    const visit = admission.open(sites.isKnown(siteKey) ? siteKey : '');
    try {
      ctx.body = await takeBatch(border, ctx, { siteKey, visit });
      ctx.status = 202;
      countAccepted();
    } finally {
      visit.close();
    }
  });
}

interface Border {
  readonly platform: Platform;
  readonly commits: GroupCommit<Batch>;
  readonly sites: CachedSites;
  readonly perSite: Limit;
  readonly perCaller: Limit;
}

/** In this order, the cheapest refusal first: size, site key and origin, rates, bots, shape; then it is worth a write. */
async function takeBatch(border: Border, ctx: Context, { siteKey, visit }: { siteKey: string; visit: Visit }): Promise<IngestAnswer> {
  const { platform, commits } = border;
  const body = await readPlain(ctx, visit);
  const site = await border.sites.find(siteKey);
  refuseOrigin(platform, ctx, site);
  await border.perSite.take(site._id);
  await border.perCaller.take(callerHash(platform, ctx));
  refusePrefetch(ctx);
  const userAgent = ctx.get('User-Agent');
  const isBot = isNamedBot(userAgent);
  const envelope = readEnvelope(body);
  return isBot ? unknownVisitor : acceptBatch(platform, commits, { site, userAgent, ...surroundingsOf(platform, ctx, site), envelope });
}

/** What the request itself tells beside the User-Agent. The address is read for the place alone, and only where the site keeps it. */
function surroundingsOf(platform: Platform, ctx: Context, site: SiteDocument): Pick<SentBatch, 'hints' | 'place'> {
  const hints = readClientHints((name) => ctx.get(name));
  if (!keepsPlace(site)) return { hints };
  const address = callerAddress(ctx.req.socket.remoteAddress ?? '', ctx.get('X-Forwarded-For'), platform.config.trustedProxies);
  return { hints, place: findPlace(platform, address) };
}

/** Waits for its turn between reading and unfolding: what waits is as small as it came. */
async function readPlain(ctx: Context, visit: Visit): Promise<Buffer> {
  const encoding = String(ctx.query.enc ?? '') || ctx.get('Content-Encoding');
  const compression = compressionOf(encoding);
  const wire = await readBody(ctx, { wireBytes, hold: visit.hold });
  await visit.turn(plainSize(wire, compression, plainLimits), () => ctx.req.socket.destroyed);
  return decompress(wire, encoding, plainLimits);
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
