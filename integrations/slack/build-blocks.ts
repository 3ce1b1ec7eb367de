import type { types } from '@slack/bolt';
import { cut } from '../shared/cut.ts';
import { oneLine } from './escape-mrkdwn.ts';

/** Slack's limits (docs.slack.dev/reference/block-kit). A message that breaks one is refused as a whole. */
const limits = { sectionText: 3000, contextElements: 10, buttonText: 75, value: 2000, buttonUrl: 3000 };

/** A longer address would leave no room for the rest of its line. */
const LINK_URL = 1000;

/** Whole lines, as many as there is room for: cutting a line could cut a link in two. */
export function section(lines: readonly string[]): types.SectionBlock {
  return { type: 'section', text: mrkdwn(joined(lines)) };
}

export function context(lines: readonly string[]): types.ContextBlock {
  return { type: 'context', elements: lines.slice(0, limits.contextElements).map((line) => mrkdwn(line)) };
}

export function linkButton(actionId: string, label: string, url: string): types.Button | null {
  const address = webAddress(url, limits.buttonUrl);
  return address === null ? null : { type: 'button', action_id: actionId, text: plain(label), url: address };
}

export function valueButton(actionId: string, label: string, value: string): types.Button | null {
  return value.length > limits.value ? null : { type: 'button', action_id: actionId, text: plain(label), value };
}

/** `label` is mrkdwn already; the bar that ends an address has no escape. Without a usable address, the label alone. */
export function link(url: string, label: string): string {
  const address = webAddress(url, LINK_URL);
  return address === null ? label : `<${address.replaceAll('|', '%7C').replaceAll('&', '&amp;')}|${label.replaceAll('|', '¦')}>`;
}

/** A moment in the time zone of whoever reads; the text after the bar is for clients that cannot. */
export function moment(iso: string): string {
  const date = new Date(iso);
  const fallback = `${date.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
  return `<!date^${Math.floor(date.getTime() / 1000)}^{date_short_pretty} {time}|${fallback}>`;
}

/** `verbatim` keeps Slack from making links and mentions out of bare addresses, `#names` and `@names`. */
function mrkdwn(text: string): types.MrkdwnElement {
  return { type: 'mrkdwn', text, verbatim: true };
}

/** Slack's documentation leaves open whether a plain text unescapes, so what would need it is left out. */
function plain(label: string): types.PlainTextElement {
  const text = label.replace(/[&<>]/g, '');
  return { type: 'plain_text', text: cut(oneLine(text), limits.buttonText) || '…', emoji: false };
}

function joined(lines: readonly string[]): string {
  let text = '';
  for (const line of lines) {
    const longer = text === '' ? line : `${text}\n${line}`;
    if (longer.length > limits.sectionText) break;
    text = longer;
  }
  return text || '…';
}

function webAddress(url: string, max: number): string | null {
  const parsed = URL.parse(url);
  if (parsed === null || !/^https?:$/.test(parsed.protocol) || parsed.href.length > max) return null;
  return parsed.href;
}
