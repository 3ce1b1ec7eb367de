import type { ContactSnapshot } from '#contract/snapshot.ts';
import { cut } from '../shared/cut.ts';
import type { ContactUpdate } from './update-contacts.ts';

/** What a person reads without scrolling far; HubSpot itself would take 65,536 characters. */
const LONG_TEXT = 2000;
const SHORT_TEXT = 500;

/** The newest state of a contact, in our own properties. HubSpot empties a property that is given an empty text. */
export function contactUpdate(snapshot: ContactSnapshot): ContactUpdate {
  return {
    recordId: snapshot.recordId,
    properties: {
      leadlight_intent_score: String(snapshot.score),
      leadlight_intent_band: snapshot.band,
      leadlight_intent_trend: snapshot.trend,
      leadlight_score_reasons: cut(snapshot.reasons, LONG_TEXT),
      leadlight_last_seen: snapshot.lastSeenAt ?? '',
      leadlight_sessions_30d: String(snapshot.sessions30d),
      leadlight_insight: cut(snapshot.insight, LONG_TEXT),
      leadlight_next_step: cut(snapshot.nextStep, SHORT_TEXT),
      leadlight_replay_url: snapshot.replayUrl,
      ...(snapshot.linkToken === '' ? {} : { leadlight_link_token: snapshot.linkToken }),
    },
  };
}
