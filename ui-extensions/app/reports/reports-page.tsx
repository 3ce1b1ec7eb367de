import { NativeSelect, Skeleton, Stack } from '@mantine/core';
import { IconChartBar } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { Report } from '#contract/report.ts';
import { reportQuery, sitesQuery } from '../api/queries.ts';
import { EmptyNote } from '../parts/empty-note.tsx';
import { LoadError, StaleNote } from '../parts/load-error.tsx';
import { PageHeader } from '../parts/page-header.tsx';
import { ReportChart } from './report-chart.tsx';
import { ReportFigures } from './report-figures.tsx';
import { Shares, TopPages } from './report-lists.tsx';
import { type Span, spanNames, spans, wishOf } from './report-span.ts';
import './reports.css';

const route = getRouteApi('/signed-in/reports');

/** How much a site was visited. */
export function ReportsPage() {
  const { site, span = '30' } = route.useSearch();
  const navigate = route.useNavigate();
  const sites = useQuery(sitesQuery);
  const chosen = sites.data?.items.find(({ id }) => id === site) ?? sites.data?.items[0];
  const choose = (search: { readonly site?: string | undefined; readonly span?: Span }) =>
    void navigate({ search: { site, span, ...search }, replace: true });
  return (
    <div className="ll-page">
      <PageHeader title="Report" intro="Visits that count, by days of UTC. Mail scanners and your own people are left out." />
      <Stack gap="md">
        <div className="ll-report-choice">
          {sites.data !== undefined && sites.data.items.length > 1 && (
            <NativeSelect
              aria-label="Site"
              data={sites.data.items.map(({ id, name }) => ({ value: id, label: name }))}
              value={chosen?.id ?? ''}
              onChange={(event) => choose({ site: event.currentTarget.value })}
            />
          )}
          <NativeSelect
            aria-label="Time"
            data={spanNames.map((value) => ({ value, label: `Last ${spans[value]}` }))}
            value={span}
            onChange={(event) => choose({ span: spanNames.find((name) => name === event.currentTarget.value) ?? '30' })}
          />
        </div>
        {sites.isError && sites.data === undefined && (
          <LoadError what="The report" error={sites.error} onRetry={() => void sites.refetch()} retrying={sites.isFetching} />
        )}
        {chosen !== undefined && <SiteReport siteId={chosen.id} span={span} />}
      </Stack>
    </div>
  );
}

function SiteReport({ siteId, span }: { readonly siteId: string; readonly span: Span }) {
  const query = useQuery(reportQuery(siteId, wishOf(span, new Date())));
  if (query.data === undefined) {
    if (query.isPending) return <Skeleton height={420} radius="lg" role="status" aria-label="Loading" />;
    return <LoadError what="The report" error={query.error} onRetry={() => void query.refetch()} retrying={query.isFetching} />;
  }
  return (
    <>
      {query.isError && <StaleNote error={query.error} />}
      {query.data.totals.sessions === 0 ? <NothingYet /> : <FullReport report={query.data} />}
    </>
  );
}

function FullReport({ report }: { readonly report: Report }) {
  return (
    <>
      <ReportFigures report={report} />
      <ReportChart series={report.series} by={report.by} />
      <TopPages pages={report.pages} />
      <div className="ll-report-grid">
        <Shares title="Channels" counts={report.channels} />
        <Shares title="Devices" counts={report.devices} />
        <Shares title="Browsers" counts={report.browsers} />
        {report.countries.length > 0 && <Shares title="Countries" counts={report.countries} />}
      </div>
    </>
  );
}

function NothingYet() {
  return (
    <EmptyNote icon={<IconChartBar size={32} stroke={1.5} aria-hidden="true" />} title="No visits in this time">
      A visit counts once a person was seen: somebody moved, scrolled, typed or stayed. It is here a few seconds later.
    </EmptyNote>
  );
}
