import { z } from 'zod';

/** Slack's own limits of a message, written down once more from its documentation: what breaks one is refused as a whole. */
const mrkdwn = z.strictObject({ type: z.literal('mrkdwn'), text: z.string().min(1).max(3000), verbatim: z.literal(true) });
const label = z.strictObject({ type: z.literal('plain_text'), text: z.string().min(1).max(75), emoji: z.boolean() });
const button = z.strictObject({
  type: z.literal('button'),
  action_id: z.string().min(1).max(255),
  text: label,
  url: z
    .url({ protocol: /^https?$/ })
    .max(3000)
    .optional(),
  value: z.string().min(1).max(2000).optional(),
  style: z.enum(['primary', 'danger']).optional(),
});
const block = z.union([
  z.strictObject({ type: z.literal('section'), text: mrkdwn }),
  z.strictObject({ type: z.literal('context'), elements: z.array(mrkdwn).min(1).max(10) }),
  z.strictObject({ type: z.literal('actions'), elements: z.array(button).min(1).max(25) }),
]);

export const slackMessage = z
  .strictObject({ text: z.string().min(1).max(4000), blocks: z.array(block).min(1).max(50) })
  .refine(({ blocks }) => {
    const ids = blocks.flatMap((each) => (each.type === 'actions' ? each.elements.map(({ action_id }) => action_id) : []));
    return new Set(ids).size === ids.length;
  }, 'action ids are unique');
