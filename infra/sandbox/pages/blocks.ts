import { z } from 'zod';
import type { State } from '../state/open-state.ts';
import { type Html, html } from './html.ts';
import { mrkdwn, plainText } from './mrkdwn.ts';

const text = z.object({ type: z.enum(['mrkdwn', 'plain_text']), text: z.string() });
type Text = z.infer<typeof text>;

const option = z.object({ text, value: z.string(), url: z.string().optional() });
const element = z.object({
  type: z.string(),
  action_id: z.string().optional(),
  text: z.union([text, z.string()]).optional(),
  url: z.string().optional(),
  style: z.string().optional(),
  options: z.array(option).optional(),
  placeholder: text.optional(),
  image_url: z.string().optional(),
  alt_text: z.string().optional(),
  confirm: z.object({ text }).optional(),
});
type Element = z.infer<typeof element>;

const block = z.object({
  type: z.string(),
  block_id: z.string().optional(),
  text: text.optional(),
  fields: z.array(text).optional(),
  elements: z.array(element).optional(),
  accessory: element.optional(),
  image_url: z.string().optional(),
  alt_text: z.string().optional(),
});
type Block = z.infer<typeof block>;

/** Message blocks as a person sees them. */
export function renderBlocks(blocks: readonly unknown[], state: State): Html {
  return html`${blocks.map((one) => renderBlock(block.parse(one), state))}`;
}

function renderBlock(one: Block, state: State): Html {
  const blockId = one.block_id ?? '';
  if (one.type === 'header') return html`<h3>${one.text ? renderText(one.text, state) : null}</h3>`;
  if (one.type === 'divider') return html`<hr>`;
  if (one.type === 'image') return image(one.image_url ?? '', one.alt_text ?? '');
  if (one.type === 'context') return html`<p class="context">${one.elements?.map((each) => contextElement(each, state)) ?? null}</p>`;
  if (one.type === 'actions') return html`<div class="actions" data-block="${blockId}">${one.elements?.map(control) ?? null}</div>`;
  const fields = one.fields?.map((each) => html`<div>${renderText(each, state)}</div>`);
  return html`<div class="section"><div>${one.text ? html`<p>${renderText(one.text, state)}</p>` : null}${fields ? html`<div class="fields">${fields}</div>` : null}</div>${one.accessory ? html`<div class="actions" data-block="${blockId}">${control(one.accessory)}</div>` : null}</div>`;
}

function renderText(one: Text, state: State): Html {
  return one.type === 'mrkdwn' ? mrkdwn(one.text, state) : plainText(one.text);
}

function contextElement(one: Element, state: State): Html {
  if (one.type === 'image') return image(one.image_url ?? '', one.alt_text ?? '');
  const content =
    typeof one.text === 'string' && (one.type === 'mrkdwn' || one.type === 'plain_text') ? { type: one.type, text: one.text } : null;
  return html`<span>${content && renderText(text.parse(content), state)}</span>`;
}

/** Images are named, not fetched: a message must not make this page call out. */
function image(url: string, alt: string): Html {
  return html`<a class="image" href="${url}" target="_blank" rel="noopener noreferrer">🖼 ${alt || 'image'}</a>`;
}

function control(one: Element): Html {
  if (one.type === 'image') return image(one.image_url ?? '', one.alt_text ?? '');
  const confirm = one.confirm ? html`data-ask="${one.confirm.text.text}"` : null;
  const actionId = one.action_id ?? '';
  if (one.type === 'button') return button(one, { actionId, confirm });
  const options = one.options?.map((each) => html`<option value="${each.value}">${plainText(each.text.text)}</option>`);
  const first = one.placeholder?.text ?? (one.type === 'overflow' ? '⋯' : 'Choose');
  return html`<select data-action="${actionId}" ${confirm} aria-label="${one.type === 'overflow' ? 'More actions' : first}"><option value="">${first}</option>${options ?? null}</select>`;
}

function button(one: Element, { actionId, confirm }: { actionId: string; confirm: Html | null }): Html {
  const label = typeof one.text === 'object' ? plainText(one.text.text) : html`${one.text ?? ''}`;
  const look = one.style === 'primary' || one.style === 'danger' ? one.style : 'plain';
  if (one.url && /^https?:\/\//i.test(one.url)) {
    return html`<a class="button ${look}" href="${one.url}" target="_blank" rel="noopener noreferrer" data-action="${actionId}">${label}</a>`;
  }
  return html`<button type="button" class="${look}" data-action="${actionId}" ${confirm}>${label}</button>`;
}
