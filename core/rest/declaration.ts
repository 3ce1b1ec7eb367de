/** What one route of the API is: the router is made from it, and the OpenAPI document. */
import { z } from 'zod';
import type { Permission } from '#contract/roles.ts';
import type { Scope } from '#contract/scopes.ts';

/** A scope: members whose role allows the same, and keys that have it. A permission: members alone. */
export type Needs = { readonly scope: Scope } | { readonly permission: Permission } | 'login' | 'nobody';

export interface Declaration<
  Query extends z.ZodType = z.ZodType,
  Body extends z.ZodType = z.ZodType,
  Answer extends z.ZodType = z.ZodType,
> {
  readonly method: 'get' | 'post' | 'put' | 'patch' | 'delete' | 'options';
  /** As the router writes it: `/v1/contacts/:id`. */
  readonly path: string;
  /** For programs, unique: `listContacts`. */
  readonly name: string;
  /** One line for people. */
  readonly summary: string;
  readonly about?: string;
  readonly tag: Tag;
  readonly needs: Needs;
  readonly query: Query;
  readonly body: Body;
  readonly answer: Answer;
  /** Default: 200, and 204 where there is no answer. */
  readonly status?: 200 | 201 | 202 | 204 | 302;
  /** Where the answer is no JSON value but a stream or a page: its media types. */
  readonly media?: readonly string[];
  /** Its answer holds a secret: it is kept for no `Idempotency-Key`. */
  readonly tellsSecret?: true;
  /** Code → when it comes, beside what every route may refuse: the status is the code's kind. */
  readonly refusals?: Readonly<Record<string, readonly [status: number, text: string]>>;
}

export const tags = {
  workspace: 'The workspace and its members',
  keys: 'API keys',
  sites: 'Sites',
  contacts: 'Contacts',
  sessions: 'Sessions and events',
  recordings: 'Recordings',
  links: 'Tracked links',
  integrations: 'Integrations',
  'dead-letters': 'Dead letters',
  exports: 'Exports',
  browser: 'For the snippet and the web app',
} as const;
export type Tag = keyof typeof tags;

/** A misspelt parameter would silently answer something else, so what is not declared is refused. */
export const noQuery = z.strictObject({});
/** For routes that read no body, and for answers without one. */
export const nothing = z.undefined();

/** A list as it is answered, for those that the contract has no name for. */
export function isPaged({ query }: Declaration): boolean {
  return query instanceof z.ZodObject && 'cursor' in query.shape;
}

export function statusOf({ status, answer, media }: Declaration): number {
  return status ?? (answer === nothing && media === undefined ? 204 : 200);
}
