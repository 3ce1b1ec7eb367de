import { Text, Title } from '@mantine/core';
import type { ContactDetail } from '#contract/api.ts';
import type { ScoreReason } from '#contract/snapshot.ts';
import { Ago } from '../parts/ago.tsx';
import { BandMark, TrendMark } from '../parts/marks.tsx';
import { LinkAnchor } from '../parts/router-links.tsx';
import { tellCount, tellPoints } from '../parts/words.ts';
import { ScoreRing } from './score-ring.tsx';

/** The score, and why: the points of the reasons add up to it. */
export function ScoreCard({ contact }: { readonly contact: ContactDetail }) {
  const { value, band, reasons } = contact.intent;
  return (
    <section className="ll-card" aria-label="Score">
      <div className="ll-score">
        <ScoreRing value={value} band={band} />
        <div className="ll-score-words">
          <BandMark band={band} />
          <TrendMark trend={contact.trend} />
          <Text size="sm" c="dimmed">
            {tellCount(contact.sessions30d, 'session')} in 30 days
            {contact.totals.sessions > contact.sessions30d && <>, {contact.totals.sessions.toLocaleString()} in all</>}
          </Text>
        </div>
      </div>
      <Title order={2} mt="lg" mb={4}>
        Why {value}
      </Title>
      {reasons.length === 0 ? <NoReasons /> : <Reasons reasons={reasons} />}
    </section>
  );
}

function NoReasons() {
  return <Text c="dimmed">No visits that count yet. The score rises when this contact comes to your site.</Text>;
}

function Reasons({ reasons }: { readonly reasons: readonly ScoreReason[] }) {
  const total = reasons.reduce((sum, reason) => sum + reason.points, 0);
  return (
    <>
      <ul className="ll-plain-list ll-reasons">
        {reasons.map((reason) => (
          <li key={`${reason.at} ${reason.text} ${reason.points}`} className="ll-reason">
            <span className="ll-points" data-below={reason.points < 0}>
              {tellPoints(reason.points)}
            </span>
            <div>
              <ReasonText reason={reason} />
              <Ago at={reason.at} size="xs" c="dimmed" display="block" />
            </div>
          </li>
        ))}
      </ul>
      <p className="ll-reason ll-total">
        <span className="ll-points">{total}</span>
        <span>Score today. It fades without new visits.</span>
      </p>
    </>
  );
}

function ReasonText({ reason }: { readonly reason: ScoreReason }) {
  if (reason.sessionId === null) return <Text size="sm">{reason.text}</Text>;
  const t = reason.offsetMs === null ? undefined : Math.floor(reason.offsetMs / 1000);
  return (
    <LinkAnchor
      to="/r/$sessionId"
      params={{ sessionId: reason.sessionId }}
      search={{ t }}
      size="sm"
      c="inherit"
      underline="always"
      title="Watch this moment"
    >
      {reason.text}
    </LinkAnchor>
  );
}
