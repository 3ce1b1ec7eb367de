/**
 * The one class for everything that may be expected to go wrong, and the table that says what each kind means.
 * Anything thrown that is not a `Failure` is a bug.
 */

/** What each kind means for a web request (`status`) and for a job (`retry`). */
export const failureKinds = {
  invalid: { status: 400, retry: 'never' },
  unauthenticated: { status: 401, retry: 'never' },
  forbidden: { status: 403, retry: 'never' },
  missing: { status: 404, retry: 'never' },
  conflict: { status: 409, retry: 'never' },
  tooLarge: { status: 413, retry: 'never' },
  tooMany: { status: 429, retry: 'later' },
  busy: { status: 503, retry: 'later' },
  vendorBusy: { status: 503, retry: 'later' },
  vendorRefused: { status: 502, retry: 'never' },
  grantLost: { status: 409, retry: 'afterReconnect' },
} as const;

export type FailureKind = keyof typeof failureKinds;

export interface FailureDetails {
  /** Stable, kebab-case, for programs: `site-key-unknown`. */
  readonly code: string;
  /** Earliest useful moment of the next try, in milliseconds from now (kinds `tooMany`, `busy`, `vendorBusy`). */
  readonly retryAfterMs?: number;
  /** Per-field problems of bad input: path → what to do. */
  readonly fields?: Readonly<Record<string, string>>;
  readonly cause?: unknown;
}

/** An expected failure. `message` is one sentence for a person and says what to do; it never holds a secret. */
export class Failure extends Error {
  override readonly name = 'Failure';
  readonly kind: FailureKind;
  readonly code: string;
  readonly retryAfterMs: number | undefined;
  readonly fields: Readonly<Record<string, string>> | undefined;

  constructor(kind: FailureKind, message: string, details: FailureDetails) {
    super(message, { cause: details.cause });
    this.kind = kind;
    this.code = details.code;
    this.retryAfterMs = details.retryAfterMs;
    this.fields = details.fields;
  }
}
