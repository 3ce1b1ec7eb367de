import type { Report } from '#contract/report.ts';
import { tellDuration } from '../parts/words.ts';

/** What the time comes to, in large figures. */
export function ReportFigures({ report: { totals, forms, by } }: { readonly report: Report }) {
  const { sessions, visitors, pageviews, activeMs, bounces, orders, revenue } = totals;
  const each = (sum: number) => (sessions === 0 ? 0 : sum / sessions);
  const figures = [
    { name: 'Visits', figure: sessions.toLocaleString(), note: `${Math.round(each(bounces) * 100)} % left at once` },
    { name: 'Visitors', figure: visitors.toLocaleString(), note: `each once a ${by}` },
    { name: 'Page views', figure: pageviews.toLocaleString(), note: `${each(pageviews).toFixed(1)} a visit` },
    { name: 'Active time a visit', figure: tellDuration(each(activeMs)), note: `${tellDuration(activeMs)} in all` },
    ...(forms.started + forms.submitted > 0
      ? [{ name: 'Forms sent', figure: forms.submitted.toLocaleString(), note: `${forms.started.toLocaleString()} begun` }]
      : []),
    ...(orders > 0 ? [{ name: 'Orders', figure: orders.toLocaleString(), note: revenue.map(tellMoney).join(', ') }] : []),
  ];
  return (
    <dl className="ll-report-figures">
      {figures.map(({ name, figure, note }) => (
        <div key={name} className="ll-card">
          <dt>{name}</dt>
          <dd>
            {figure}
            <span>{note}</span>
          </dd>
        </div>
      ))}
    </dl>
  );
}

function tellMoney({ name, count }: Report['totals']['revenue'][number]): string {
  const format = new Intl.NumberFormat(undefined, { style: 'currency', currency: name });
  return format.format(count / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2));
}
