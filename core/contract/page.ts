/** The shape of every list that is read page by page. */
import { z } from 'zod';

/** `next`: give it back as `cursor`; null on the last page. */
export function page<Item extends z.ZodType>(item: Item) {
  return z.object({ items: z.array(item), next: z.string().nullable() });
}
