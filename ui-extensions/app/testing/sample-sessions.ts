import type { SessionDetail } from '#contract/api.ts';

const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();
type Page = SessionDetail['pages'][number];

function pagesOf(startedMinutesAgo: number, rows: readonly (readonly [title: string, path: string, activeSeconds: number])[]): Page[] {
  let offsetMs = 0;
  return rows.map(([title, path, activeSeconds], index) => {
    const page = {
      pageId: `p${startedMinutesAgo}-${index}`,
      title,
      path,
      at: new Date(Date.parse(ago(startedMinutesAgo)) + offsetMs).toISOString(),
      offsetMs,
      activeMs: activeSeconds * 1000,
      scrollDepth: 80,
    };
    offsetMs += activeSeconds * 1000 + 2000;
    return page;
  });
}

function session(id: string, startedMinutesAgo: number, over: Partial<SessionDetail>): SessionDetail {
  const pages = over.pages ?? [];
  return {
    id,
    contactId: 'c1',
    contactName: 'Ada Park',
    siteName: 'www.northwind.example',
    startedAt: ago(startedMinutesAgo),
    lastSeenAt: ago(startedMinutesAgo - 8),
    endedAt: ago(startedMinutesAgo - 9),
    live: false,
    activeMs: pages.reduce((sum, page) => sum + page.activeMs, 0),
    pages,
    device: 'Desktop',
    browser: 'Chrome',
    os: 'macOS',
    channel: 'Tracked link',
    heldBecause: null,
    hasRecording: true,
    intent: null,
    insight: null,
    marks: [],
    ...over,
  };
}

/** Ada's visits: one live, one with an insight, one held, one without a recording. */
export function sampleSessions(): SessionDetail[] {
  return [liveSession(), readSession(), careersSession(), heldSession()];
}

function liveSession(): SessionDetail {
  return session('s1', 16, {
    live: true,
    endedAt: null,
    lastSeenAt: ago(0),
    intent: 'buying',
    pages: pagesOf(16, [
      ['Northwind: freight software for growing fleets', '/', 24],
      ['Product tour', '/product', 54],
      ['Pricing', '/pricing', 160],
      ['Compare plans', '/pricing/compare', 75],
      ['Customers', '/customers', 20],
      ['Procurement FAQ', '/procurement', 48],
      ['Pricing', '/pricing', 61],
      ['Talk to sales', '/contact-sales', 12],
    ]),
    marks: [
      { at: ago(14), offsetMs: 82_000, type: 'page_view', text: 'Opened Pricing' },
      { at: ago(13), offsetMs: 95_000, type: 'custom', text: 'Moved the seat slider' },
      { at: ago(12), offsetMs: 151_000, type: 'pricing_engage', text: 'Compared Team with Business' },
      { at: ago(10), offsetMs: 402_000, type: 'form_start', text: 'Began the form “contact-sales”' },
    ],
    insight: {
      label: 'buying',
      confidence: 0.84,
      summary: 'Compared the Team and Business plans twice and began the sales form. Likely choosing a plan for about 25 seats.',
      nextStep: 'Offer a 20-minute call about the Business plan this week.',
      moments: [
        { sessionId: 's1', offsetMs: 82_000, text: 'Studies the price of 25 seats' },
        { sessionId: 's1', offsetMs: 151_000, text: 'Compares Team with Business' },
        { sessionId: 's2', offsetMs: 41_000, text: 'Reads how data is encrypted' },
      ],
      madeBy: 'model',
    },
  });
}

function readSession(): SessionDetail {
  return session('s2', 60 * 26, {
    intent: 'evaluating',
    channel: 'E-mail campaign',
    pages: pagesOf(1560, [
      ['Security', '/security', 130],
      ['Data processing agreement', '/legal/dpa', 44],
    ]),
  });
}

function careersSession(): SessionDetail {
  return session('s3', 60 * 74, {
    intent: 'job-seeking',
    channel: 'Direct',
    device: 'Phone',
    browser: 'Safari',
    os: 'iOS',
    hasRecording: false,
    pages: pagesOf(4440, [['Careers', '/careers', 9]]),
  });
}

function heldSession(): SessionDetail {
  return session('s4', 60 * 75, {
    heldBecause: 'no sign of a person: nothing was moved, scrolled or typed.',
    hasRecording: false,
    pages: pagesOf(4500, [['Northwind: freight software for growing fleets', '/', 0]]),
  });
}
