/** What passes between the start and the demo's process. */
import { z } from 'zod';

/** What the parent sends first. */
export const demoOrder = z.object({
  dataDir: z.string(),
  ports: z.object({ demoSite: z.number(), sandbox: z.number() }),
  coreUrl: z.string(),
  headCode: z.string(),
  hubspot: z.object({ clientId: z.string(), clientSecret: z.string() }),
  slack: z.object({ clientId: z.string(), clientSecret: z.string(), signingSecret: z.string() }),
});
export type DemoOrder = z.infer<typeof demoOrder>;

/** What is sent back. */
export const demoAnswer = z.union([
  z.object({ ready: z.literal(true), demoSite: z.string(), sandbox: z.string() }),
  z.object({ problem: z.string() }),
]);
