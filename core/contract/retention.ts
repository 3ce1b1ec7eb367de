/** How long what is kept is kept. */
import { z } from 'zod';

/** GET /workspace/retention. PUT /workspace/retention → the same: what is stored already follows within minutes. */
export const retention = z.object({
  /** Days that raw events are kept. Sessions, replays, scores and reports do not need them. */
  rawEventDays: z.number('Give days from 1 to 30').int('Give whole days').min(1, 'Give at least 1 day').max(30, 'Give at most 30 days'),
});
export type Retention = z.infer<typeof retention>;
