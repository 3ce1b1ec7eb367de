import type { types } from '@slack/bolt';
import type { AlertSnapshot, PageLine } from '#contract/snapshot.ts';
import { describeDuration } from '../shared/describe-duration.ts';
import { context, link, linkButton, moment, section, valueButton } from './build-blocks.ts';
import { escapeMrkdwn } from './escape-mrkdwn.ts';

/** Names of the buttons, as they come back when somebody presses one. */
export const actionIds = {
  watch: 'leadlight_watch',
  openCrm: 'leadlight_open_crm',
  claim: 'leadlight_claim',
  snooze: 'leadlight_snooze',
  notUseful: 'leadlight_not_useful',
} as const;

export interface AlertMessage {
  /** For notifications and screen readers. */
  readonly text: string;
  readonly blocks: types.KnownBlock[];
}

const REASONS = 3;
const PAGES = 8;

/** One alert as a Slack message, in the state the visit is in now. */
export function alertMessage(alert: AlertSnapshot): AlertMessage {
  const blocks = [
    section(headline(alert)),
    section(scoreLines(alert)),
    ...(alert.pages.length === 0 ? [] : [section(pageLines(alert.pages))]),
    ...insightBlocks(alert),
    context(stateLines(alert)),
    ...actionsOf(alert),
  ] satisfies types.KnownBlock[];
  return { text: summary(alert), blocks };
}

function nameOf({ contactName, email }: AlertSnapshot): string {
  return escapeMrkdwn(contactName, 80) || escapeMrkdwn(email, 120) || 'A known contact';
}

function headline(alert: AlertSnapshot): string[] {
  const company = escapeMrkdwn(alert.company, 80);
  const state = alert.live ? ':large_green_circle: live now' : ':white_circle: visit ended';
  const who = [`*${link(alert.contactUrl, nameOf(alert))}*`, company, state].filter((part) => part !== '');
  const email = alert.contactName === '' ? '' : escapeMrkdwn(alert.email, 120);
  return [who.join('  ·  '), ...(email === '' ? [] : [email])];
}

/** The score, what made it worth telling now, and the strongest reasons. */
function scoreLines(alert: AlertSnapshot): string[] {
  const signal = escapeMrkdwn(alert.signal, 160);
  const score = `*Intent score ${alert.score}* of 100 (${alert.band})`;
  const reasons = alert.reasons.slice(0, REASONS).map((reason) => `• ${escapeMrkdwn(reason, 160)}`);
  return [signal === '' ? score : `${score}: ${signal}`, ...reasons];
}

/** The newest pages; a long visit says how many came before. */
function pageLines(pages: readonly PageLine[]): string[] {
  const activeMs = pages.reduce((sum, page) => sum + page.activeMs, 0);
  const title = `*${pages.length === 1 ? '1 page' : `${pages.length} pages`}* in ${describeDuration(activeMs)}`;
  const earlier = pages.length - PAGES;
  return [title, ...(earlier > 0 ? [`_${earlier} earlier_`] : []), ...pages.slice(-PAGES).map(pageLine)];
}

function pageLine({ title, path, activeMs }: PageLine): string {
  const address = escapeMrkdwn(path, 80);
  const name = escapeMrkdwn(title, 80);
  return `• ${[name, address].filter((part) => part !== '').join('  ')}  _${describeDuration(activeMs)}_`;
}

function insightBlocks({ insight }: AlertSnapshot): types.SectionBlock[] {
  if (insight === null) return [];
  const label = `${insight.label.replace('-', ' ')} (${Math.round(insight.confidence * 100)}% sure)`;
  const summary = escapeMrkdwn(insight.summary, 1000);
  const nextStep = escapeMrkdwn(insight.nextStep, 500);
  return [section([`*Insight*: ${label}`, ...(summary === '' ? [] : [summary]), ...(nextStep === '' ? [] : [`*Next step*: ${nextStep}`])])];
}

function stateLines(alert: AlertSnapshot): string[] {
  return [
    `Came ${moment(alert.startedAt)}`,
    `${alert.live ? 'Last seen' : 'Left'} ${moment(alert.lastSeenAt)}`,
    ...(alert.claimedBy === null ? [] : [`*Claimed* by ${escapeMrkdwn(alert.claimedBy, 100) || 'somebody'}`]),
    ...(alert.snoozedUntil === null ? [] : [`*Snoozed* until ${moment(alert.snoozedUntil)}`]),
    ...(alert.notUseful ? ['Marked as *not useful*'] : []),
  ];
}

/** What is decided needs no button any more. */
function actionsOf(alert: AlertSnapshot): types.ActionsBlock[] {
  const { sessionId, notUseful } = alert;
  const elements = [
    linkButton(actionIds.watch, alert.live ? 'Watch live' : 'Watch replay', alert.replayUrl),
    alert.crm && linkButton(actionIds.openCrm, `Open in ${alert.crm.title}`, alert.crm.url),
    alert.claimedBy === null && !notUseful ? valueButton(actionIds.claim, 'Claim', sessionId) : null,
    alert.snoozedUntil === null && !notUseful ? valueButton(actionIds.snooze, 'Snooze 24 h', sessionId) : null,
    notUseful ? null : valueButton(actionIds.notUseful, 'Not useful', sessionId),
  ].filter((button) => button !== null);
  return elements.length === 0 ? [] : [{ type: 'actions', elements }];
}

function summary(alert: AlertSnapshot): string {
  const company = escapeMrkdwn(alert.company, 80);
  const who = company === '' ? nameOf(alert) : `${nameOf(alert)} (${company})`;
  const state = alert.live ? 'is on your website' : 'was on your website';
  return `${who} ${state}. Intent score ${alert.score} (${alert.band}). ${escapeMrkdwn(alert.signal, 160)}`.trim();
}
