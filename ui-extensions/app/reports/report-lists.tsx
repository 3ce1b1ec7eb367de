import { Title } from '@mantine/core';
import type { Report } from '#contract/report.ts';
import { tellDuration } from '../parts/words.ts';

/** The most viewed pages. */
export function TopPages({ pages }: Pick<Report, 'pages'>) {
  const shown = pages.slice(0, 20);
  return (
    <section className="ll-card ll-report-pages" aria-labelledby="ll-top-pages">
      <Title order={2} id="ll-top-pages">
        Top pages
      </Title>
      <div className="ll-report-scroll">
        <table>
          <thead>
            <tr>
              <th scope="col">Page</th>
              <th scope="col">Views</th>
              <th scope="col">Visits began here</th>
              <th scope="col">Active time a view</th>
            </tr>
          </thead>
          <tbody>
            {shown.map(({ path, views, entries, activeMs }) => (
              <tr key={path}>
                <th scope="row" className="ll-break">
                  {path === '' ? 'Other pages' : path}
                </th>
                <td>{views.toLocaleString()}</td>
                <td>{entries.toLocaleString()}</td>
                <td>{tellDuration(views === 0 ? 0 : activeMs / views)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

interface SharesProps {
  readonly title: string;
  readonly counts: Report['channels'];
}

/** Visits by a name, with its share. */
export function Shares({ title, counts }: SharesProps) {
  const sum = counts.reduce((total, { count }) => total + count, 0);
  return (
    <section className="ll-card" aria-label={title}>
      <Title order={2}>{title}</Title>
      <dl className="ll-report-shares">
        {counts.slice(0, 8).map(({ name, count }) => (
          <div key={name}>
            <dt className="ll-break">{name}</dt>
            <dd>
              {count.toLocaleString()} <span>{Math.round((count / Math.max(1, sum)) * 100)} %</span>
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
