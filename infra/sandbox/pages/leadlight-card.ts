import type { Sandbox } from '../sandbox.ts';
import type { CrmRecord } from '../state/records.ts';
import { type Html, html } from './html.ts';
import { ago } from './moments.ts';

type Shown = Readonly<Record<'score' | 'band' | 'trend' | 'reasons' | 'insight' | 'nextStep' | 'lastSeen' | 'sessions' | 'replay', string>>;

function read({ properties }: CrmRecord): Shown {
  return {
    score: properties.leadlight_intent_score ?? '',
    band: properties.leadlight_intent_band ?? '',
    trend: properties.leadlight_intent_trend ?? '',
    reasons: properties.leadlight_score_reasons ?? '',
    insight: properties.leadlight_insight ?? '',
    nextStep: properties.leadlight_next_step ?? '',
    lastSeen: properties.leadlight_last_seen ?? '',
    sessions: properties.leadlight_sessions_30d ?? '',
    replay: properties.leadlight_replay_url ?? '',
  };
}

/** The card a rep sees on the record, from what Leadlight wrote into the properties. */
export function leadlightCard(sandbox: Sandbox, contact: CrmRecord): Html {
  const shown = read(contact);
  if (shown.score === '' && shown.lastSeen === '')
    return html`<p class="empty">No visit yet. As soon as ${contact.properties.firstname ?? 'this contact'} opens a tracked link, the visit shows up here.</p>`;
  const reasons = shown.reasons.split('\n').filter((line) => line.trim() !== '');
  const replay = /^https?:\/\//.test(shown.replay);
  return html`<div class="score">${ring(shown)}<div>
<p class="band ${bandClass(shown.band)}">${shown.band || 'unknown'} intent${shown.trend ? html`<span class="trend">${arrow(shown.trend)} ${shown.trend}</span>` : null}</p>
${shown.lastSeen ? html`<p class="fine">Last seen ${ago(shown.lastSeen, sandbox.now())}</p>` : null}
${shown.sessions ? html`<p class="fine">${shown.sessions} session${shown.sessions === '1' ? '' : 's'} in 30 days</p>` : null}
</div></div>
${replay ? html`<p><a class="button" href="${shown.replay}" target="_blank" rel="noopener">Watch replay</a></p>` : null}
${shown.insight ? html`<h3>Insight</h3><p>${shown.insight}</p>` : null}
${shown.nextStep ? html`<h3>Next step</h3><p>${shown.nextStep}</p>` : null}
${reasons.length > 0 ? html`<h3>Why</h3><ul class="reasons">${reasons.map((line) => html`<li>${line.replace(/^[\s•*-]+(?=\D)/, '')}</li>`)}</ul>` : null}`;
}

const radius = 26;
const around = 2 * Math.PI * radius;

function ring({ score, band }: Shown): Html {
  const value = Math.min(100, Math.max(0, Number(score) || 0));
  const filled = ((value / 100) * around).toFixed(1);
  return html`<svg class="ring ${bandClass(band)}" viewBox="0 0 64 64" role="img" aria-label="Score ${value} of 100"><circle cx="32" cy="32" r="${radius}"/><circle class="value" cx="32" cy="32" r="${radius}" stroke-dasharray="${filled} ${around.toFixed(1)}" transform="rotate(-90 32 32)"/><text x="32" y="32" dy="0.36em">${value}</text></svg>`;
}

function bandClass(band: string): string {
  const name = band.toLowerCase();
  return name === 'high' || name === 'medium' ? name : 'low';
}

function arrow(trend: string): string {
  return trend === 'rising' ? '↑' : trend === 'falling' ? '↓' : '→';
}
