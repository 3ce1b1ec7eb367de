import { randomUUID } from 'node:crypto';
import type { ApiReply } from '../http/answer-call.ts';

interface Details {
  readonly category: string;
  readonly subCategory?: string;
  readonly context?: Readonly<Record<string, readonly string[]>>;
  readonly errors?: readonly object[];
  readonly links?: Readonly<Record<string, string>>;
}

/** A refusal in HubSpot's words and shape. */
export class HubSpotError extends Error {
  readonly status: number;
  readonly details: Details;

  constructor(status: number, message: string, details: Details) {
    super(message);
    this.status = status;
    this.details = details;
  }

  reply(): ApiReply {
    const body = { status: 'error', message: this.message, correlationId: randomUUID(), ...this.details };
    return { status: this.status, body, error: this.details.category };
  }
}

export function invalid(message: string, context?: Details['context']): HubSpotError {
  return new HubSpotError(400, message, { category: 'VALIDATION_ERROR', ...(context ? { context } : {}) });
}

export function notFound(message = 'resource not found'): HubSpotError {
  return new HubSpotError(404, message, { category: 'OBJECT_NOT_FOUND' });
}

export function conflict(message: string, category = 'CONFLICT'): HubSpotError {
  return new HubSpotError(409, message, { category });
}
