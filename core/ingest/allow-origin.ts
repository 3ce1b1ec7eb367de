/** From which pages a site key may be used: against misuse, not a proof of who sends. */
import type { Context } from 'koa';
import { Failure } from '#contract/failure.ts';
import { isLocal, isLoopbackHost, type Platform } from '../platform.ts';
import type { SiteDocument } from '../workspaces/site.ts';

/** A browser's own word for where the snippet runs; `Referer` where a plain GET carries no `Origin`. */
export function originOf(ctx: Context): string {
  const origin = ctx.get('Origin');
  if (origin !== '') return origin;
  const referrer = ctx.get('Referer');
  return URL.canParse(referrer) ? new URL(referrer).origin : '';
}

/** On a local installation any page of this machine may be tried. */
export function originAllowed(platform: Platform, site: SiteDocument, origin: string): boolean {
  if (site.origins.includes(origin)) return true;
  return isLocal(platform.config) && URL.canParse(origin) && isLoopbackHost(new URL(origin).hostname);
}

/** So that the snippet can read the answer, also why it was refused. */
export function letOriginRead(ctx: Context): void {
  const origin = ctx.get('Origin');
  ctx.set('Access-Control-Allow-Origin', origin === '' ? '*' : origin);
  ctx.set('Access-Control-Expose-Headers', 'Retry-After');
  ctx.set('Cross-Origin-Resource-Policy', 'cross-origin');
  ctx.set('Cache-Control', 'no-store');
  ctx.vary('Origin');
}

export function refuseOrigin(platform: Platform, ctx: Context, site: SiteDocument): void {
  const origin = ctx.get('Origin');
  if (originAllowed(platform, site, origin)) return;
  const sender = origin === '' ? 'a caller without an Origin header' : origin.slice(0, 300);
  const message = `This site key does not belong to ${sender}. Add the domain in Leadlight under Settings.`;
  throw new Failure('forbidden', message, { code: 'origin-not-allowed' });
}
