/** Reports as the server makes them: of the first site full, of any other empty. */
import { type Report, reportQuery } from '#contract/report.ts';
import { retention } from '#contract/retention.ts';
import { type Answers, find, ok } from './fake-answer.ts';

let rawEventDays = 30;

export const reportAnswers: Answers = {
  'GET /sites/:id/report': ({ world, params, query }) => {
    const wish = reportQuery.parse(Object.fromEntries(query));
    const isFull = find(world.sites, params[0]).id === world.sites[0]?.id && world.contacts.length > 0;
    return ok(reportOf(wish, isFull));
  },
  'GET /workspace/retention': () => ok({ rawEventDays }),
  'PUT /workspace/retention': ({ body }) => {
    ({ rawEventDays } = retention.parse(body));
    return ok({ rawEventDays });
  },
};

function reportOf(wish: Pick<Report, 'from' | 'to' | 'by'>, isFull: boolean): Report {
  const days = Math.round((Date.parse(wish.to) - Date.parse(wish.from)) / 86_400_000) + 1;
  const all = Array.from({ length: days }, (_, nth) => new Date(Date.parse(wish.from) + nth * 86_400_000).toISOString().slice(0, 10));
  const places = wish.by === 'day' ? all : [...new Set(all.map((day) => day.slice(0, 7)))];
  const figures = (sessions: number) => ({
    sessions,
    visitors: Math.round(sessions * 0.8),
    pageviews: sessions * 4,
    activeMs: sessions * 95_000,
    bounces: Math.round(sessions * 0.2),
    orders: Math.round(sessions / 9),
    revenue: sessions === 0 ? [] : [{ name: 'EUR', count: sessions * 990 }],
  });
  const series = places.map((at, nth) => ({ at, ...figures(isFull && nth % 7 !== 0 ? 12 + ((nth * 37) % 29) : 0) }));
  const sessions = series.reduce((sum, place) => sum + place.sessions, 0);
  const share = (name: string, part: number) => ({ name, count: Math.round(sessions * part) });
  const page = (path: string, part: number) => ({
    path,
    views: Math.round(sessions * part),
    entries: Math.round(sessions * part * 0.4),
    activeMs: Math.round(sessions * part * 31_000),
  });
  return {
    ...wish,
    totals: figures(sessions),
    series,
    pages: isFull
      ? [page('/', 1.4), page('/pricing', 0.9), page('/products/heat-pump-with-a-very-long-name-that-wraps', 0.5), page('', 0.3)]
      : [],
    channels: isFull ? [share('email', 0.5), share('organic', 0.3), share('direct', 0.2)] : [],
    devices: isFull ? [share('desktop', 0.7), share('mobile', 0.3)] : [],
    browsers: isFull ? [share('Chrome', 0.6), share('Safari', 0.25), share('Firefox', 0.15)] : [],
    countries: [],
    events: [],
    forms: { started: Math.round(sessions / 5), submitted: Math.round(sessions / 8), abandoned: 0 },
  };
}
