/** Reads the raw body of a request within its limit. */
import type { Context } from 'koa';
import { Failure } from '#contract/failure.ts';

export interface WireLimit {
  /** Bytes on the wire. */
  readonly wireBytes: number;
  /** Told of memory before it is used; throws when there is none left. */
  readonly hold?: (bytes: number) => void;
}

/** What a sender goes on sending after the refusal is thrown away up to here, so that it hears the answer; then the line is cut. */
const mostThrownAway = 8 * 1024 * 1024;

/** Never more than `wireBytes`, and not one byte of a body that says beforehand that it is larger. */
export function readBody(ctx: Context, { wireBytes, hold }: WireLimit): Promise<Buffer> {
  const declared = ctx.request.length ?? 0;
  if (declared > wireBytes) return refuse(ctx, bodyTooLarge(wireBytes));
  return new Promise((resolve, reject) => {
    const pieces: Buffer[] = [];
    let size = 0;
    const { req } = ctx;
    const stop = (end: () => void) => {
      req.off('data', take).off('end', finish).off('error', fail).off('close', fail);
      end();
    };
    const take = (piece: Buffer) => {
      size += piece.length;
      const refusal = size > wireBytes ? bodyTooLarge(wireBytes) : roomFor(piece.length, hold);
      if (refusal !== null) stop(() => refuse(ctx, refusal).catch(reject));
      else pieces.push(piece);
    };
    const finish = () => stop(() => resolve(pieces.length === 1 && pieces[0] !== undefined ? pieces[0] : Buffer.concat(pieces)));
    const fail = () =>
      stop(() => reject(new Failure('invalid', 'The body did not arrive whole. Send it again.', { code: 'body-cut-off' })));
    req.on('data', take).on('end', finish).on('error', fail).on('close', fail);
  });
}

function roomFor(bytes: number, hold: WireLimit['hold']): Failure | null {
  try {
    hold?.(bytes);
    return null;
  } catch (error) {
    if (error instanceof Failure) return error;
    throw error;
  }
}

async function refuse(ctx: Context, failure: Failure): Promise<never> {
  let thrownAway = 0;
  ctx.req.on('data', (piece: Buffer) => {
    thrownAway += piece.length;
    if (thrownAway > mostThrownAway) ctx.req.destroy();
  });
  throw failure;
}

export function bodyTooLarge(bytes: number): Failure {
  return new Failure('tooLarge', `The body is larger than ${bytes} bytes. Send smaller batches.`, { code: 'body-too-large' });
}
