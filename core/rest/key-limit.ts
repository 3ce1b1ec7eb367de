/** How much one API key may ask of one replica, told in the headers of the IETF's draft (draft-ietf-httpapi-ratelimit-headers). */
import type { Context } from 'koa';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { Failure } from '#contract/failure.ts';

export interface KeyLimit {
  /** Counts one and tells what is left; throws `tooMany`. */
  take(ctx: Context, keyId: string): Promise<void>;
}

/** Requests of a key in a minute. */
const perMinute = 600;
const windowSeconds = 60;

export function createKeyLimit(points = perMinute): KeyLimit {
  const limiter = new RateLimiterMemory({ points, duration: windowSeconds });
  return {
    take: async (ctx, keyId) => {
      ctx.set('RateLimit-Policy', `"key";q=${points};w=${windowSeconds}`);
      const { left, now } = await consume(limiter, keyId);
      ctx.set('RateLimit', `"key";r=${Math.max(0, now.remainingPoints)};t=${Math.ceil(now.msBeforeNext / 1000)}`);
      if (left) return;
      throw new Failure('tooMany', 'This API key has used up its requests of this minute. Wait and go on.', {
        code: 'too-many',
        retryAfterMs: now.msBeforeNext,
      });
    },
  };
}

async function consume(limiter: RateLimiterMemory, keyId: string): Promise<{ left: boolean; now: RateLimiterRes }> {
  try {
    return { left: true, now: await limiter.consume(keyId) };
  } catch (refusal) {
    if (refusal instanceof RateLimiterRes) return { left: false, now: refusal };
    throw refusal;
  }
}
