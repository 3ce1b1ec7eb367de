/** Sends a file that was built for browsers. One that is not there is `missing`, never an accident, and nobody remembers that answer. */
import type { Context } from 'koa';
import send from 'koa-send';
import { Failure } from '#contract/failure.ts';

/** @param path below `root`; may come from the address as it is: nothing outside of `root` is ever sent. */
export async function sendFile(ctx: Context, path: string, { root, what = 'file' }: { root: string; what?: string }): Promise<void> {
  const sent = await send(ctx, path, { root }).catch((cause: unknown) => {
    if (isCallersMistake(cause)) throw missingFile(ctx, what, cause);
    throw cause;
  });
  if (sent === undefined) throw missingFile(ctx, what);
}

/** koa-send answers a path that leads nowhere, or outside, with an error that has a 4xx status. */
function isCallersMistake(error: unknown): boolean {
  return error instanceof Error && 'status' in error && typeof error.status === 'number' && error.status < 500;
}

function missingFile(ctx: Context, what: string, cause?: unknown): Failure {
  ctx.set('Cache-Control', 'no-store');
  return new Failure('missing', `There is no such ${what} here. If it should be: build it by starting the system with npm start.`, {
    code: 'file-missing',
    cause,
  });
}
