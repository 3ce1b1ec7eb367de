import { staff } from '../accounts.ts';
import type { State } from '../state/open-state.ts';

const madeAt = '2026-01-05T09:00:00.000Z';

const channels = [
  ['C0GENERAL', 'general', 'Company-wide announcements and work-based matters', 41],
  ['C0SALES', 'sales', 'Pipeline, deals and how to win them', 12],
  ['C0HOTLEADS', 'hot-leads', 'Somebody is on the website right now', 9],
  ['C0MARKETING', 'marketing', 'Campaigns and content', 8],
  ['C0SUPPORT', 'support', 'Customers who need a hand', 14],
  ['C0RANDOM', 'random', 'Everything else', 39],
] as const;

const [maya, tom, iris, ben] = staff.map((one) => one.slackId);
/** Channel, author, words; a minute apart. */
const talk = [
  ['C0GENERAL', maya, 'Good morning all. Autumn campaign goes out this week: thanks to everybody who proofread it.'],
  ['C0GENERAL', ben, 'Recipients are loaded, subject line is final :mailbox:'],
  ['C0SALES', tom, 'Brightwater asked for a second call, *Ada* wants to see the pricing again.'],
  ['C0SALES', iris, 'Fenwick is quiet since the demo. I will try them on Thursday.'],
  ['C0HOTLEADS', maya, 'This channel is for website visits worth a call. Please claim before you dial.'],
  ['C0MARKETING', ben, 'Newsletter template is ready in HubSpot, merge tags included.'],
] as const;
const firstTalkSeconds = Date.UTC(2026, 9, 5, 7, 30, 0) / 1000;

/** Channels and a little talk, always the same. */
export function fillSlack(state: State): void {
  for (const [id, name, topic, members] of channels) {
    state.channels.put({ id, name, kind: 'public', topic, members, botIsMember: false, createdAt: madeAt });
  }
  for (const [index, [channelId, userId = '', text]] of talk.entries()) {
    const ts = `${firstTalkSeconds + index * 60}.000100`;
    const quiet = { metadata: null, threadTs: null, ephemeralTo: null, edits: 0, editedTs: null };
    state.messages.put({ channelId, ts, userId, text, blocks: [], ...quiet });
  }
}
