/** Gives up on the database where the driver would wait for ever: see `next-turn.ts`. What was given up on may still happen. */
import { mongo } from 'mongoose';

/** Throws what `storeAway` takes for an outage. */
export async function answerInTime<Result>(asked: Promise<Result>, patienceMs: number): Promise<Result> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(new mongo.MongoOperationTimeoutError(`no answer for ${patienceMs} ms`)), patienceMs);
  try {
    return await Promise.race([asked, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}
