import { Text } from '@mantine/core';
import { IconPlayerPlay } from '@tabler/icons-react';
import type { SessionRow } from '#contract/api.ts';
import { IntentMark, LiveMark, Mark } from '../parts/marks.tsx';
import { LinkButton } from '../parts/router-links.tsx';
import { tellCount, tellDuration, tellMoment } from '../parts/words.ts';

interface VisitRowProps {
  readonly session: SessionRow;
  readonly mayWatch: boolean;
  readonly showSite: boolean;
}

/** One visit of somebody unknown: where it began, where it ended, how much there is to see. */
export function VisitRow({ session, mayWatch, showSite }: VisitRowProps) {
  const { live, intent, heldBecause, hasRecording } = session;
  return (
    <li className="ll-visit">
      <div className="ll-visit-when">
        <Text component="time" dateTime={session.startedAt} size="sm" fw={600}>
          {tellMoment(session.startedAt)}
        </Text>
        {live && <LiveMark />}
        {intent !== null && <IntentMark intent={intent} />}
        {heldBecause !== null && <Mark tone="low">Held</Mark>}
      </div>
      <div className="ll-visit-words">
        <Text className="ll-break">{pathOf(session)}</Text>
        <Text size="sm" c="dimmed">
          {factsOf(session, showSite)}
        </Text>
        {heldBecause !== null && <Text size="sm">{heldBecause}</Text>}
      </div>
      {mayWatch && hasRecording && (
        <LinkButton
          to="/r/$sessionId"
          params={{ sessionId: session.id }}
          variant="light"
          size="xs"
          aria-label={`${live ? 'Watch live' : 'Watch replay'} of ${tellMoment(session.startedAt)}`}
          leftSection={<IconPlayerPlay size={15} aria-hidden="true" />}
        >
          {live ? 'Watch live' : 'Watch replay'}
        </LinkButton>
      )}
    </li>
  );
}

/** `Pricing → Contact sales`: the first page and the last. */
function pathOf({ pages }: SessionRow): string {
  const titles = [pages[0], pages.length > 1 ? pages.at(-1) : undefined].map((page) => page?.title || page?.path).filter(Boolean);
  return titles.join(' → ') || 'No page yet';
}

function factsOf({ pages, activeMs, channel, browser, os, device, siteName }: SessionRow, showSite: boolean): string {
  const machine = [browser, os].filter(Boolean).join(' on ');
  return [showSite && siteName, tellCount(pages.length, 'page'), `${tellDuration(activeMs)} active`, channel, machine, device]
    .filter(Boolean)
    .join(' · ');
}
