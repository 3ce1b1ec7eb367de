import type { z } from 'zod';
import type { EventType, eventProps } from '#contract/events.ts';
import { newId } from './new-id.ts';
import { now, page } from './page-life.ts';
import { deliver } from './visitor.ts';

type Props<Type extends EventType> = z.infer<(typeof eventProps)[Type]>;

/** Something happened on the page that is open. `props` may hold only what may leave the browser. */
export function emit<Type extends EventType>(type: Type, props: Props<Type>, at = now()): void {
  deliver({ eid: newId(), type, at, pageId: page.id, url: page.url, props: { ...props } });
}
