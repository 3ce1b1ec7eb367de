/** Tells an outage of the database, which passes, from a bug, which does not. */
import mongoose from 'mongoose';
import { Failure } from '#contract/failure.ts';

const {
  MongoError,
  MongoNetworkError,
  MongoNotConnectedError,
  MongoOperationTimeoutError,
  MongoServerSelectionError,
  MongoTopologyClosedError,
} = mongoose.mongo;
const outages = [
  MongoNetworkError,
  MongoNotConnectedError,
  MongoOperationTimeoutError,
  MongoServerSelectionError,
  MongoTopologyClosedError,
];

/** The driver's word for "the same write may succeed later". */
const passingLabels = ['RetryableWriteError', 'TransientTransactionError', 'UnknownTransactionCommitResult'];
/** Shutting down, stepping down, or no primary (MongoDB's error codes). */
const passingCodes = [91, 189, 10107, 11600, 11602, 13435, 13436];

const retryAfterMs = 3000;

/** `busy` for an outage; null for everything else. */
export function storeAway(error: unknown): Failure | null {
  if (!isOutage(error)) return null;
  return new Failure('busy', 'The database cannot be reached at the moment. Try again shortly.', {
    code: 'database-away',
    retryAfterMs,
    cause: error,
  });
}

function isOutage(error: unknown): boolean {
  if (!(error instanceof MongoError)) return false;
  return (
    outages.some((kind) => error instanceof kind) ||
    passingLabels.some((label) => error.hasErrorLabel(label)) ||
    passingCodes.some((code) => error.code === code) ||
    // A bulk write wraps what stopped it.
    ('errorResponse' in error && isOutage(error.errorResponse))
  );
}
