/** The limits of Block Kit (docs.slack.dev/reference/block-kit), as far as messages use it. */
import { z } from 'zod';
import { parseJson } from './read-arguments.ts';
import { SlackError } from './slack-error.ts';

const maxBlocks = 50;

const id = z.string().max(255).optional();
const mrkdwn = (max: number) =>
  z.object({ type: z.literal('mrkdwn'), text: z.string().min(1).max(max), verbatim: z.boolean().optional() }).strict();
const plain = (max: number) =>
  z.object({ type: z.literal('plain_text'), text: z.string().min(1).max(max), emoji: z.boolean().optional() }).strict();
const either = (max: number) => z.discriminatedUnion('type', [mrkdwn(max), plain(max)]);

const confirm = z
  .object({ title: plain(100), text: either(300), confirm: plain(30), deny: plain(30), style: z.enum(['primary', 'danger']).optional() })
  .strict();

const button = z
  .object({
    type: z.literal('button'),
    text: plain(75),
    action_id: id,
    url: z.url().max(3000).optional(),
    value: z.string().max(2000).optional(),
    style: z.enum(['primary', 'danger']).optional(),
    confirm: confirm.optional(),
    accessibility_label: z.string().max(75).optional(),
  })
  .strict();

const option = z
  .object({ text: either(75), value: z.string().max(150), description: plain(75).optional(), url: z.url().max(3000).optional() })
  .strict();
const overflow = z
  .object({ type: z.literal('overflow'), action_id: id, options: z.array(option).min(1).max(5), confirm: confirm.optional() })
  .strict();
const select = z
  .object({
    type: z.literal('static_select'),
    action_id: id,
    placeholder: plain(150).optional(),
    options: z.array(option).min(1).max(100),
    initial_option: option.optional(),
    confirm: confirm.optional(),
  })
  .strict();
const imageElement = z.object({ type: z.literal('image'), image_url: z.url().max(3000), alt_text: z.string().max(2000) }).strict();

const block_id = id;
const block = z.discriminatedUnion('type', [
  z.object({ type: z.literal('header'), block_id, text: plain(150) }).strict(),
  z.object({ type: z.literal('divider'), block_id }).strict(),
  z
    .object({
      type: z.literal('section'),
      block_id,
      text: either(3000).optional(),
      fields: z.array(either(2000)).min(1).max(10).optional(),
      accessory: z.discriminatedUnion('type', [button, overflow, select, imageElement]).optional(),
      expand: z.boolean().optional(),
    })
    .strict()
    .refine((one) => one.text !== undefined || one.fields !== undefined, 'text or fields is required'),
  z
    .object({
      type: z.literal('context'),
      block_id,
      elements: z
        .array(z.discriminatedUnion('type', [mrkdwn(2000), plain(2000), imageElement]))
        .min(1)
        .max(10),
    })
    .strict(),
  z
    .object({
      type: z.literal('actions'),
      block_id,
      elements: z
        .array(z.discriminatedUnion('type', [button, overflow, select]))
        .min(1)
        .max(25),
    })
    .strict(),
  z
    .object({
      type: z.literal('image'),
      block_id,
      image_url: z.url().max(3000),
      alt_text: z.string().max(2000),
      title: plain(2000).optional(),
    })
    .strict(),
]);

const blocksShape = z.array(block).max(maxBlocks, `no more than ${maxBlocks} items allowed`);

/** Checks the `blocks` argument, text or parsed. Throws `invalid_blocks_format` or `invalid_blocks` with where and why. */
export function checkBlocks(given: unknown): Record<string, unknown>[] {
  const json = z.array(z.record(z.string(), z.unknown())).safeParse(typeof given === 'string' ? parseJson(given) : given);
  if (!json.success) throw new SlackError('invalid_blocks_format');
  const parsed = blocksShape.safeParse(json.data);
  const problems = parsed.success ? twiceUsed(json.data) : parsed.error.issues.map(problemOf);
  if (problems.length > 0) {
    throw new SlackError('invalid_blocks', { errors: problems, response_metadata: { messages: problems.map((one) => `[ERROR] ${one}`) } });
  }
  return json.data;
}

function problemOf(issue: z.core.$ZodIssue): string {
  const words =
    issue.code === 'too_big' && issue.origin === 'string'
      ? `must be less than ${Number(issue.maximum) + 1} characters`
      : issue.code === 'invalid_union'
        ? 'unsupported type'
        : issue.message;
  return `${words} [json-pointer:/blocks${issue.path.length > 0 ? '/' : ''}${issue.path.join('/')}]`;
}

function twiceUsed(blocks: readonly Record<string, unknown>[]): string[] {
  const ids = blocks.flatMap((one) => (typeof one.block_id === 'string' ? one.block_id : []));
  return ids.filter((one, index) => ids.indexOf(one) !== index).map((one) => `block_id ${one} is used twice [json-pointer:/blocks]`);
}
