import { personBySlackId, slackApp } from '../accounts.ts';
import type { State } from '../state/open-state.ts';
import { withEmoji } from './emoji.ts';
import { escapeHtml, Html } from './html.ts';
import { dayOf } from './moments.ts';

const specials = /```[\s\S]+?```|`[^`\n]+`|<[^<>\n]+>/g;
/** Private-use characters stand for what must not be styled, so that `*<link|label>*` is bold as a whole. */
const placeholder = /\uE000(\d+)\uE001/g;

/** Renders Slack's mrkdwn. Only `&amp;`, `&lt;` and `&gt;` are entities in it; `<…>` is a link or a mention. */
export function mrkdwn(text: string, state: State): Html {
  const kept: string[] = [];
  const marked = text.replace(/[\uE000\uE001]/g, '').replace(specials, (part) => `\uE000${kept.push(special(part, state)) - 1}\uE001`);
  return new Html(styled(withEmoji(literal(marked))).replace(placeholder, (_mark, index) => kept[Number(index)] ?? ''));
}

/** `plain_text`: emoji are the only thing that is rendered. */
export function plainText(text: string): Html {
  return new Html(lines(withEmoji(escapeHtml(text))));
}

function literal(text: string): string {
  return escapeHtml(text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&'));
}

function special(part: string, state: State): string {
  if (part.startsWith('```')) return `<pre>${literal(part.slice(3, -3))}</pre>`;
  if (part.startsWith('`')) return `<code>${literal(part.slice(1, -1))}</code>`;
  const [target = '', label] = part.slice(1, -1).split('|', 2);
  if (/^(https?:\/\/|mailto:)/i.test(target)) {
    return `<a href="${literal(target)}" target="_blank" rel="noopener noreferrer">${literal(label ?? target)}</a>`;
  }
  if (target.startsWith('!date^')) return slackDate(target, label ?? '');
  const name = mention(target, label, state);
  return name === null ? escapeHtml(part) : `<span class="mention">${escapeHtml(name)}</span>`;
}

function mention(target: string, label: string | undefined, state: State): string | null {
  const id = target.slice(1);
  if (target.startsWith('#')) return `#${label ?? state.channels.get(id)?.name ?? id}`;
  if (target.startsWith('!')) return `@${id.split('^')[0]}`;
  if (!target.startsWith('@')) return null;
  const person = personBySlackId(id);
  return `@${id === slackApp.userId ? 'Leadlight' : (label ?? (person ? `${person.first} ${person.last}` : id))}`;
}

/** `<!date^1700000000^{date} at {time}|fallback>`: whatever the format of the date asks for, with the time where it is asked for. */
function slackDate(target: string, fallback: string): string {
  const [, seconds, format = ''] = target.split('^');
  const at = new Date(Number(seconds) * 1000);
  if (Number.isNaN(at.getTime())) return escapeHtml(fallback);
  const time = `${at.toISOString().slice(11, 16)} UTC`;
  const text = format
    .replace(/\{date[a-z_]*\}/g, dayOf(at))
    .replace(/\{time[a-z_]*\}/g, time)
    .replace(/\{ago\}/g, dayOf(at));
  return literal(text);
}

function styled(escaped: string): string {
  const bold = escaped.replace(/(^|[\s([{>"'.,;:!?-])\*([^\s*](?:[^*\n]*[^\s*])?)\*(?=$|[\s)\]}<"'.,;:!?&-])/g, '$1<strong>$2</strong>');
  const italic = bold.replace(/(^|[\s([{>"'.,;:!?-])_([^\s_](?:[^_\n]*[^\s_])?)_(?=$|[\s)\]}<"'.,;:!?&-])/g, '$1<em>$2</em>');
  const struck = italic.replace(/(^|[\s([{>])~([^\s~](?:[^~\n]*[^\s~])?)~(?=$|[\s)\]}<.,;:!?])/g, '$1<s>$2</s>');
  return lines(struck.replace(/^&gt;\s?(.*)$/gm, '<span class="quote">$1</span>'));
}

function lines(text: string): string {
  return text.replaceAll('\n', '<br>');
}
