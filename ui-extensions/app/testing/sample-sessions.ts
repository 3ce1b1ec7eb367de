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
    mode: 'contact',
    heldBecause: null,
    held: null,
    visitorId: 'v1',
    hasRecording: true,
    intent: null,
    insight: null,
    marks: [],
    ...over,
  };
}

/** Ada's visits: one live, one with an insight, one from before she was known, one without a recording, and one held for each reason. */
export function sampleSessions(): SessionDetail[] {
  return [liveSession(), readSession(), forwardedSession(), careersSession(), scannerSession(), drivenSession(), earlierSession()];
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

function forwardedSession(): SessionDetail {
  return session('s5', 60 * 30, {
    held: 'forwarded',
    heldBecause: 'Another browser opened a link made for this contact. Tell whose it is under “Browsers of this contact”.',
    visitorId: 'v2',
    browser: 'Edge',
    os: 'Windows',
    pages: pagesOf(1800, [
      ['Pricing', '/pricing', 42],
      ['Security', '/security', 18],
    ]),
  });
}

function scannerSession(): SessionDetail {
  return session('s4', 60 * 75, {
    held: 'no-person',
    heldBecause: 'No sign of a person: nothing was moved, scrolled or typed. It may be a mail scanner opening the link.',
    hasRecording: false,
    pages: pagesOf(4500, [['Northwind: freight software for growing fleets', '/', 0]]),
  });
}

function drivenSession(): SessionDetail {
  return session('s6', 60 * 76, {
    held: 'automated',
    heldBecause: 'The browser says that a program drives it.',
    hasRecording: false,
    os: 'Linux',
    pages: pagesOf(4560, [['Pricing', '/pricing', 3]]),
  });
}

function earlierSession(): SessionDetail {
  return session('s7', 60 * 24 * 9, {
    mode: 'anonymous',
    channel: 'Organic search',
    pages: pagesOf(60 * 24 * 9, [
      ['Blog: what a late truck costs', '/blog/late-trucks', 75],
      ['Product tour', '/product', 31],
    ]),
  });
}

const landings: readonly (readonly [title: string, path: string, channel: string])[] = [
  ['Pricing', '/pricing', 'Organic search'],
  ['Northwind: freight software for growing fleets', '/', 'Direct'],
  ['Blog: what a late truck costs', '/blog/late-trucks', 'Social'],
  ['Customers', '/customers', 'Paid search'],
];

/** 60 visits of people nobody knows, the first of them going on now. */
export function anonymousSessions(): SessionDetail[] {
  return Array.from({ length: 60 }, (_, index) => {
    const [title, path, channel] = landings[index % landings.length] ?? ['Home', '/', 'Direct'];
    return session(`a${index}`, 3 + index * 47, {
      contactId: null,
      contactName: '',
      mode: 'anonymous',
      visitorId: `va${index}`,
      channel,
      live: index === 0,
      device: index % 3 === 1 ? 'Phone' : 'Desktop',
      hasRecording: index % 7 !== 6,
      intent: index % 5 === 0 ? 'evaluating' : null,
      pages: pagesOf(3 + index * 47, [
        [title, path, 20 + index],
        ['Product tour', '/product', 12],
      ]),
    });
  });
}
