/** `Idempotency-Key` on a POST of an API key: the same call is done once, and answered with the same result for a day. */
import { createHash } from 'node:crypto';
import type { Context } from 'koa';
import mongoose, { Schema } from 'mongoose';
import { z } from 'zod';
import { Failure } from '#contract/failure.ts';
import type { Platform } from '../platform.ts';
import { defineModel, type Owned, ownedFields, ownedOptions } from '../store/define-model.ts';
import type { Caller } from '../workspaces/require-member.ts';

interface CallDocument extends Owned {
  /** Hash of method, address and body: the same key with something else is a mistake of the caller. */
  fingerprint: string;
  /** Null while it runs. Encrypted: an answer may hold anything of the workspace. */
  result: string | null;
  /** Which try this is; one that was given up may not finish. */
  startedAt: Date;
  expiresAt: Date;
}

const schema = new Schema<CallDocument>(
  {
    ...ownedFields,
    fingerprint: { type: String, required: true },
    result: { type: String, default: null },
    startedAt: { type: Date, required: true },
    expiresAt: { type: Date, required: true },
  },
  ownedOptions('apiCalls'),
);
schema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });

const ApiCall = defineModel<CallDocument>('ApiCall', schema);

const lifeMs = 24 * 3_600_000;
/** After this a call that has not ended died with its process. */
const givenUpMs = 60_000;
const stored = z.object({ status: z.number(), body: z.unknown() });

interface Call {
  readonly ctx: Context;
  readonly caller: Caller;
  readonly body: unknown;
  /** Does it, and answers on `ctx`. */
  readonly work: () => Promise<void>;
}

/** A refusal or an accident is not stored: the same key may try again. */
export async function answerOnce(platform: Platform, call: Call): Promise<void> {
  const { ctx, caller, work } = call;
  const key = ctx.get('Idempotency-Key');
  if (caller.key === null || ctx.method !== 'POST' || key === '') return work();
  if (!/^[\x21-\x7e]{1,255}$/.test(key)) {
    throw new Failure('invalid', 'Give an Idempotency-Key of 1 to 255 visible ASCII characters.', { code: 'idempotency-key-invalid' });
  }
  const mine = await begin(platform, call, digest([caller._id, key]));
  if (mine === null) return;
  const it = { workspaceId: mine.workspaceId, _id: mine._id, startedAt: mine.startedAt };
  try {
    await work();
  } catch (error) {
    await ApiCall.deleteOne(it);
    throw error;
  }
  const result = await platform.cipher.encrypt(placeOf(mine), JSON.stringify({ status: ctx.status, body: ctx.body }));
  await ApiCall.updateOne(it, { $set: { result } });
}

/** @returns null when the call was done before: then it is answered already. */
async function begin(platform: Platform, { ctx, caller, body }: Call, _id: string): Promise<CallDocument | null> {
  const { workspaceId } = caller;
  const startedAt = platform.clock.now();
  const expiresAt = new Date(startedAt.getTime() + lifeMs);
  const fingerprint = digest([ctx.method, ctx.url, JSON.stringify(body ?? null)]);
  const fresh: CallDocument = { _id, workspaceId, fingerprint, result: null, startedAt, expiresAt };
  if (await insert(fresh)) return fresh;
  const before = await ApiCall.findOne({ workspaceId, _id }).lean();
  // It ended badly or ran out just now: as if it had never been.
  if (before === null) throw running();
  if (before.fingerprint !== fingerprint) {
    const message = 'This Idempotency-Key was used for another request. Give each request a key of its own.';
    throw new Failure('conflict', message, { code: 'idempotency-key-reused' });
  }
  if (before.result !== null) {
    const { status, body: told } = stored.parse(JSON.parse(await platform.cipher.decrypt(placeOf(before), before.result)));
    ctx.set('Idempotent-Replayed', 'true');
    ctx.body = told ?? null;
    ctx.status = status;
    return null;
  }
  const dead = { workspaceId, _id, result: null, startedAt: { $lt: new Date(startedAt.getTime() - givenUpMs) } };
  const taken = await ApiCall.findOneAndUpdate(dead, { $set: { startedAt, expiresAt } }, { returnDocument: 'after' }).lean();
  if (taken === null) throw running();
  return taken;
}

async function insert(call: CallDocument): Promise<boolean> {
  try {
    await ApiCall.create([call]);
    return true;
  } catch (error) {
    if (error instanceof mongoose.mongo.MongoServerError && error.code === 11000) return false;
    throw error;
  }
}

function running(): Failure {
  const message = 'A request with this Idempotency-Key is being answered at the moment. Ask again shortly for its result.';
  return new Failure('conflict', message, { code: 'idempotency-key-in-use', retryAfterMs: 1000 });
}

function placeOf({ workspaceId, _id }: CallDocument) {
  return { workspaceId, provider: 'api', field: `call:${_id}:result` };
}

function digest(parts: readonly string[]): string {
  return `call_${createHash('sha256').update(JSON.stringify(parts)).digest('base64url')}`;
}
