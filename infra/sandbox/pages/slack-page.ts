import { personBySlackId, slackApp, staff, team } from '../accounts.ts';
import type { Sandbox } from '../sandbox.ts';
import type { Channel, Message } from '../state/records.ts';
import { renderBlocks } from './blocks.ts';
import { type Html, html } from './html.ts';
import { layout } from './layout.ts';
import { dayOf } from './moments.ts';
import { mrkdwn } from './mrkdwn.ts';

const [me] = staff;

/** `/slack/:channel`: the workspace as the first member of staff sees it. */
export function slackPage(sandbox: Sandbox, channel: Channel): string {
  const channels = sandbox.state.channels.all();
  const link = (one: Channel) =>
    html`<li><a href="/slack/${one.id}" ${one.id === channel.id ? html`aria-current="page"` : null}>${nameOf(one)}</a></li>`;
  const direct = channels.filter((one) => one.kind === 'im');
  const messages = sandbox.state.messages.all().filter((one) => one.channelId === channel.id && isSeen(one));
  const body = html`<div class="slack">
<nav aria-label="Channels" data-live="channels"><h1>${team.name}</h1><p class="fine">You are ${me.first} ${me.last}</p>
<h2>Channels</h2><ul>${channels.filter((one) => one.kind === 'public').map(link)}</ul>
${direct.length > 0 ? html`<h2>Direct messages</h2><ul>${direct.map(link)}</ul>` : null}</nav>
<section aria-label="Messages"><header data-live="channel"><h2>${nameOf(channel)}</h2><p class="fine">${channel.topic}${channel.botIsMember && channel.kind === 'public' ? ' · Leadlight is in this channel' : ''}</p></header>
<div class="messages" data-live="messages" data-stick-to-end data-channel="${channel.id}" tabindex="0">${timeline(sandbox, messages)}</div></section>
</div>`;
  return layout({ title: nameOf(channel), area: 'slack', body, full: true });
}

function nameOf(channel: Channel): string {
  if (channel.kind === 'public') return `# ${channel.name}`;
  const person = personBySlackId(channel.name);
  return person ? `Leadlight → ${person.first} ${person.last}` : channel.name;
}

function isSeen(message: Message): boolean {
  return message.ephemeralTo === null || message.ephemeralTo === me.slackId;
}

function timeline(sandbox: Sandbox, messages: readonly Message[]): Html {
  const byTime = [...messages].sort((left, right) => Number(left.ts) - Number(right.ts));
  const parents = byTime.filter((one) => one.threadTs === null);
  if (parents.length === 0) return html`<p class="empty">Nothing has been said here yet.</p>`;
  let day = '';
  return html`${parents.map((one) => {
    const today = dayOf(at(one));
    const divider = today === day ? null : html`<p class="day"><span>${today}</span></p>`;
    day = today;
    return html`${divider}${renderMessage(
      sandbox,
      one,
      byTime.filter((reply) => reply.threadTs === one.ts),
    )}`;
  })}`;
}

function at(message: Message): Date {
  return new Date(Number(message.ts) * 1000);
}

function renderMessage(sandbox: Sandbox, message: Message, replies: readonly Message[]): Html {
  const isApp = message.userId === slackApp.userId;
  const person = personBySlackId(message.userId);
  const author = isApp ? 'Leadlight' : person ? `${person.first} ${person.last}` : message.userId;
  const content =
    message.blocks.length > 0 ? renderBlocks(message.blocks, sandbox.state) : html`<p>${mrkdwn(message.text, sandbox.state)}</p>`;
  return html`<article class="message" id="m-${message.ts}" data-ts="${message.ts}">
<span class="avatar ${isApp ? 'app' : ''}" aria-hidden="true">${isApp ? 'L' : author.slice(0, 1)}</span>
<div class="said"><p class="who"><strong>${author}</strong>${isApp ? html` <span class="tag">App</span>` : null} <time datetime="${at(message).toISOString()}">${at(message).toISOString().slice(11, 16)}</time></p>
${message.ephemeralTo === null ? null : html`<p class="fine">Only visible to you</p>`}
${content}${message.editedTs === null ? null : html`<span class="fine edited">(edited)</span>`}
${replies.length > 0 ? html`<details class="thread" open><summary>${replies.length} ${replies.length === 1 ? 'reply' : 'replies'}</summary>${replies.map((one) => renderMessage(sandbox, one, []))}</details>` : null}</div>
</article>`;
}
