import { Button, Text } from '@mantine/core';
import { IconPlayerPlay } from '@tabler/icons-react';
import { useState } from 'react';
import type { SessionRow } from '#contract/api.ts';
import { IntentMark, LiveMark, Mark } from './marks.tsx';
import { LinkButton } from './router-links.tsx';
import { tellCount, tellDuration, tellMoment } from './words.ts';
import './session-card.css';

/** Longer trails are folded. */
const pagesShown = 5;

interface SessionCardProps {
  readonly session: SessionRow;
  readonly mayWatch: boolean;
}

const heldWords: Readonly<Record<NonNullable<SessionRow['held']>, string>> = {
  'no-person': 'May be a mail scanner',
  automated: 'A program drove the browser',
  forwarded: 'Possibly forwarded',
};

/** One visit: when, what was looked at, and whether it counts. */
export function SessionCard({ session, mayWatch }: SessionCardProps) {
  return (
    <li className="ll-card ll-session" data-live={session.live} data-held={session.held !== null}>
      <header className="ll-session-head">
        <div className="ll-session-title">
          <Text fw={600} component="time" dateTime={session.startedAt}>
            {tellMoment(session.startedAt)}
          </Text>
          {session.live && <LiveMark />}
          {session.intent !== null && <IntentMark intent={session.intent} />}
          {session.held !== null && <Mark tone={session.held === 'forwarded' ? 'high' : 'low'}>{heldWords[session.held]}</Mark>}
          {session.contactId !== null && session.mode === 'anonymous' && <Mark tone="low">Before they were known</Mark>}
        </div>
        {mayWatch && session.hasRecording && (
          <LinkButton
            to="/r/$sessionId"
            params={{ sessionId: session.id }}
            variant="light"
            size="xs"
            aria-label={`${session.live ? 'Watch live' : 'Watch replay'} of ${tellMoment(session.startedAt)}`}
            leftSection={<IconPlayerPlay size={15} aria-hidden="true" />}
          >
            {session.live ? 'Watch live' : 'Watch replay'}
          </LinkButton>
        )}
      </header>
      <Text size="sm" c="dimmed">
        {factsOf(session)}
      </Text>
      {session.heldBecause !== null && (
        <Text size="sm" mt={6}>
          {session.heldBecause}
        </Text>
      )}
      <PageTrail session={session} />
    </li>
  );
}

function factsOf(session: SessionRow): string {
  const machine = [session.browser, session.os].filter(Boolean).join(' on ');
  return [
    `${tellDuration(session.activeMs)} active`,
    tellCount(session.pages.length, 'page'),
    session.channel,
    machine,
    session.device,
    tellPlace(session.place),
  ]
    .filter(Boolean)
    .join(' · ');
}

/** `Berlin, Germany (DE)` */
function tellPlace(place: SessionRow['place']): string {
  if (place === undefined) return '';
  const country = new Intl.DisplayNames('en', { type: 'region' }).of(place.country) ?? place.country;
  return [place.city, `${country} (${place.country})`].filter(Boolean).join(', ');
}

function PageTrail({ session }: { readonly session: SessionRow }) {
  const [unfolded, setUnfolded] = useState(false);
  const folded = !unfolded && session.pages.length > pagesShown + 1;
  const pages = folded ? session.pages.slice(session.live ? -pagesShown : 0, session.live ? undefined : pagesShown) : session.pages;
  return (
    <>
      <ol className="ll-plain-list ll-trail">
        {pages.map((page) => (
          <li key={page.pageId} className="ll-trail-page">
            <span className="ll-trail-words">
              <span className="ll-break">{page.title || page.path}</span>
              <Text span size="sm" c="dimmed" className="ll-break">
                {page.path}
              </Text>
            </span>
            <Text span size="sm" c="dimmed" className="ll-number">
              {tellDuration(page.activeMs)}
            </Text>
          </li>
        ))}
      </ol>
      {folded && (
        <Button variant="subtle" size="compact-sm" onClick={() => setUnfolded(true)}>
          Show all {session.pages.length} pages
        </Button>
      )}
    </>
  );
}
