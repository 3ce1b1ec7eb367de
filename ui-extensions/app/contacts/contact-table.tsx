import { Text } from '@mantine/core';
import type { ContactRow } from '#contract/api.ts';
import { Ago } from '../parts/ago.tsx';
import { BandMark, LiveDot, TrendMark } from '../parts/marks.tsx';
import { LinkAnchor } from '../parts/router-links.tsx';

interface ContactTableProps {
  readonly rows: readonly ContactRow[];
  /** Rows of the search before, shown until the new ones are here. */
  readonly fading: boolean;
}

export function ContactTable({ rows, fading }: ContactTableProps) {
  return (
    <div className="ll-card ll-contacts" data-fading={fading} aria-busy={fading}>
      <table>
        <thead>
          <tr>
            <th scope="col">Contact</th>
            <th scope="col">Score</th>
            <th scope="col" className="ll-wide">
              Trend
            </th>
            <th scope="col" className="ll-right ll-wide">
              Sessions, 30 days
            </th>
            <th scope="col" className="ll-right">
              Last seen
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <ContactLine key={row.id} row={row} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function ContactLine({ row }: { readonly row: ContactRow }) {
  return (
    <tr className="ll-contact-line">
      <td>
        <div className="ll-contact-name">
          <LinkAnchor to="/contacts/$contactId" params={{ contactId: row.id }} fw={600} c="inherit" className="ll-row-link">
            {row.name}
          </LinkAnchor>
          {row.live && <LiveDot />}
        </div>
        <Text size="sm" c="dimmed" className="ll-contact-sub">
          {[row.company, row.email].filter(Boolean).join(' · ')}
        </Text>
      </td>
      <td>
        <span className="ll-contact-score">
          <span className="ll-number">{row.score}</span>
          <BandMark band={row.band} />
        </span>
      </td>
      <td className="ll-wide">
        <TrendMark trend={row.trend} />
      </td>
      <td className="ll-right ll-wide">{row.sessions30d}</td>
      <td className="ll-right">
        <LastSeen row={row} />
      </td>
    </tr>
  );
}

function LastSeen({ row }: { readonly row: ContactRow }) {
  if (row.live) {
    return (
      <Text size="sm" fw={600} c="var(--ll-good-fg)">
        Live now
      </Text>
    );
  }
  if (row.lastSeenAt === null) {
    return (
      <Text size="sm" c="dimmed">
        Not yet
      </Text>
    );
  }
  return <Ago at={row.lastSeenAt} size="sm" c="dimmed" />;
}
