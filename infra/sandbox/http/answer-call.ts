import { setTimeout as sleep } from 'node:timers/promises';
import type { RouterContext } from '@koa/router';
import type { Sandbox } from '../sandbox.ts';
import type { Fault, Provider } from '../state/records.ts';
import { logCall } from './call-log.ts';
import { readBody } from './read-body.ts';
import { takeFault } from './take-fault.ts';

export interface ApiRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  /** Lower case `Bearer` credentials and all: as they came. */
  readonly authorization: string;
  readonly contentType: string;
  readonly body: Buffer;
}

export interface ApiReply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON; absent for none. */
  readonly body?: unknown;
  /** For the call log. */
  readonly error?: string;
  readonly rows?: number;
}

/** One provider's side of an API call. */
export interface ApiWork {
  readonly provider: Provider;
  run(request: ApiRequest): ApiReply;
  busy(retryAfterSeconds: number | null): ApiReply;
  broken(): ApiReply;
}

/** Answers one API call: takes the planted fault, does the work, writes the call log, and has it all on disk before it answers. */
export async function answerCall(sandbox: Sandbox, ctx: RouterContext, work: ApiWork): Promise<void> {
  const startedAt = sandbox.now();
  const { method, path } = ctx;
  const request = await readRequest(ctx);
  const fault = takeFault(sandbox.state, { provider: work.provider, method, path });
  const done = (reply: ApiReply) => {
    logCall(sandbox, { startedAt, provider: work.provider, method, path, reply, fault: fault?.fault ?? '' });
    sandbox.state.flush();
    return reply;
  };
  if (fault?.fault === 'hang' || fault?.fault === 'cut-before') {
    done({ status: 0, error: fault.fault });
    await dropConnection(ctx, fault);
    return;
  }
  if (fault?.fault === 'slow') await sleep(fault.delayMs ?? 3000);
  const reply = done(planted(fault, work) ?? work.run(request));
  if (fault?.fault === 'cut-after') return dropConnection(ctx, fault);
  send(ctx, reply);
}

async function readRequest(ctx: RouterContext): Promise<ApiRequest> {
  const query = new URLSearchParams(ctx.querystring);
  const authorization = ctx.get('authorization');
  return { method: ctx.method, path: ctx.path, query, authorization, contentType: ctx.get('content-type'), body: await readBody(ctx.req) };
}

function planted(fault: Fault | null, work: ApiWork): ApiReply | null {
  if (fault?.fault === '429') return work.busy(fault.retryAfterSeconds);
  return fault?.fault === '500' ? work.broken() : null;
}

function send(ctx: RouterContext, reply: ApiReply): void {
  ctx.status = reply.status;
  ctx.set({ 'cache-control': 'no-store', ...reply.headers });
  if (reply.body === undefined) ctx.body = reply.status === 204 ? null : '';
  else ctx.body = reply.body;
  if (reply.body !== undefined) ctx.type = 'application/json;charset=utf-8';
}

/** Nothing is answered: the caller sees a broken connection, at once or once it stops waiting. */
async function dropConnection(ctx: RouterContext, fault: Fault): Promise<void> {
  ctx.respond = false;
  if (fault.fault !== 'hang') {
    ctx.req.socket.destroy();
    return;
  }
  const { socket } = ctx.req;
  if (!socket.destroyed) await new Promise<void>((resolve) => socket.once('close', () => resolve()));
}
