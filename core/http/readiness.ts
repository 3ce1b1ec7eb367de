/** Whether this replica should be sent requests: asked by load balancers, answered in time also when the database does not answer. */
import type Router from '@koa/router';
import { Failure } from '#contract/failure.ts';
import type { Platform } from '../platform.ts';

export interface Readiness {
  readonly draining: boolean;
  /** From now on the answer is no. */
  drain(): void;
}

export function createReadiness(): Readiness {
  let draining = false;
  return {
    get draining() {
      return draining;
    },
    drain: () => {
      draining = true;
    },
  };
}

/** A load balancer that asks every second or two has its answer before it asks again. */
const patienceMs = 1000;
const retryAfterMs = 3000;

export function addHealthRoutes(router: Router, platform: Platform, readiness: Readiness): void {
  const hasPrimary = askPrimary(platform);

  // Of the process alone: who restarts it for an outage of the database only adds to the outage.
  router.get('/healthz', (ctx) => {
    ctx.set('Cache-Control', 'no-store');
    ctx.body = { ok: true };
  });

  router.get('/readyz', async (ctx) => {
    ctx.set('Cache-Control', 'no-store');
    if (readiness.draining)
      throw new Failure('busy', 'This replica is shutting down. Send requests to another.', { code: 'draining', retryAfterMs });
    if (!(await hasPrimary())) throw databaseSilent();
    ctx.body = { ok: true };
  });
}

/** One question at a time, however many ask and however long the answer takes. */
function askPrimary({ store }: Platform): () => Promise<boolean> {
  let asked: Promise<boolean> | null = null;
  const ask = async () => {
    const told = await store.connection.db?.admin().command({ hello: 1 }, { readPreference: 'primary' });
    return told?.isWritablePrimary === true;
  };
  return () => {
    asked ??= ask()
      .catch(() => false)
      .finally(() => {
        asked = null;
      });
    return Promise.race([asked, inVain()]);
  };
}

function inVain(): Promise<false> {
  return new Promise((resolve) => setTimeout(() => resolve(false), patienceMs).unref());
}

function databaseSilent(): Failure {
  return new Failure('busy', 'The database has no primary that answers. Try again shortly.', { code: 'database-away', retryAfterMs });
}
