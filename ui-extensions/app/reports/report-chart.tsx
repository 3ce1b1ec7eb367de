import { Text } from '@mantine/core';
import type { Report } from '#contract/report.ts';
import { tellCount } from '../parts/words.ts';

const height = 120;
const step = 12;
const gap = 3;

/** Visits by day or month, as bars; the table below says the same in words. */
export function ReportChart({ series, by }: Pick<Report, 'series' | 'by'>) {
  const most = Math.max(1, ...series.map(({ sessions }) => sessions));
  const label = `Visits by ${by}: at most ${most}, from ${series[0]?.at ?? ''} to ${series.at(-1)?.at ?? ''}`;
  return (
    <figure className="ll-card ll-report-chart">
      <figcaption>
        Visits by {by} <span>at most {most.toLocaleString()}</span>
      </figcaption>
      <svg viewBox={`0 0 ${series.length * step} ${height}`} preserveAspectRatio="none" role="img" aria-label={label}>
        {series.map(({ at, sessions, visitors }, place) => {
          const tall = sessions === 0 ? 1 : Math.max(3, (sessions / most) * height);
          return (
            <rect key={at} x={place * step + gap / 2} y={height - tall} width={step - gap} height={tall} data-empty={sessions === 0}>
              <title>{`${at}: ${tellCount(sessions, 'visit')}, ${tellCount(visitors, 'visitor')}`}</title>
            </rect>
          );
        })}
      </svg>
      <Text size="xs" c="dimmed" className="ll-report-ends" aria-hidden="true">
        <span>{series[0]?.at}</span>
        <span>{series.at(-1)?.at}</span>
      </Text>
    </figure>
  );
}
