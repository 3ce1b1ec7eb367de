/** What the fake API's routes are made of. */
import { Refusal } from './fake-refusal.ts';
import type { World } from './fake-world.ts';

export interface Asked {
  readonly world: World;
  readonly origin: string;
  readonly playerOrigin: string;
  readonly query: URLSearchParams;
  readonly params: readonly string[];
  readonly body: unknown;
}

export interface Answer {
  readonly status: number;
  readonly body?: unknown;
  readonly location?: string;
  /** True begins a sign-in, false ends it. */
  readonly session?: boolean;
}

export type Handle = (asked: Asked) => Answer;
export type Answers = Readonly<Record<string, Handle>>;

export const ok = (body: unknown): Answer => ({ status: 200, body });
export const done: Answer = { status: 204 };

/** Cuts a list into pages of 50. */
export function page<Item>(items: readonly Item[], query: URLSearchParams): Answer {
  const from = Number(query.get('cursor') ?? 0);
  return ok({ items: items.slice(from, from + 50), next: from + 50 < items.length ? String(from + 50) : null });
}

/** The item with this id. @throws Refusal when there is none. */
export function find<Item extends { readonly id: string }>(items: readonly Item[], id: string | undefined): Item {
  const found = items.find((item) => item.id === id);
  if (found === undefined) throw new Refusal(404, 'There is no such thing in this workspace.', { code: 'missing' });
  return found;
}
