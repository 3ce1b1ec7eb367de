/** Small marks that say a state: band, live, trend, intent. Each says it in words too, never by colour alone. */

import { Text } from '@mantine/core';
import { IconArrowDownRight, IconArrowRight, IconArrowUpRight } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { ContactRow } from '#contract/api.ts';
import type { Band, IntentLabel } from '#contract/snapshot.ts';

export type Tone = 'good' | 'bad' | 'high' | 'medium' | 'low';

export function Mark({ tone, children }: { readonly tone: Tone; readonly children: ReactNode }) {
  return <span className={`ll-mark ll-mark-${tone}`}>{children}</span>;
}

const bandWords: Readonly<Record<Band, string>> = { high: 'High', medium: 'Medium', low: 'Low' };

export function BandMark({ band }: { readonly band: Band }) {
  return <Mark tone={band}>{bandWords[band]}</Mark>;
}

export function LiveMark({ words = 'Live now' }: { readonly words?: string }) {
  return (
    <span className="ll-mark ll-mark-good">
      <span className="ll-live-dot" aria-hidden="true" />
      {words}
    </span>
  );
}

export function LiveDot() {
  return <span className="ll-live-dot" role="img" aria-label="On the site now" title="On the site now" />;
}

const intentWords: Readonly<Record<IntentLabel, string>> = {
  evaluating: 'Evaluating',
  comparing: 'Comparing',
  buying: 'Buying',
  supporting: 'Looking for support',
  researching: 'Researching',
  'job-seeking': 'Looking for a job',
  unclear: 'Intent unclear',
};

export function IntentMark({ intent }: { readonly intent: IntentLabel }) {
  return (
    <Mark tone={intent === 'buying' ? 'high' : intent === 'evaluating' || intent === 'comparing' ? 'medium' : 'low'}>
      {intentWords[intent]}
    </Mark>
  );
}

const trends = {
  rising: { Icon: IconArrowUpRight, words: 'Rising' },
  steady: { Icon: IconArrowRight, words: 'Steady' },
  falling: { Icon: IconArrowDownRight, words: 'Falling' },
} as const;

export function TrendMark({ trend }: { readonly trend: ContactRow['trend'] }) {
  const { Icon, words } = trends[trend];
  return (
    <Text span size="sm" c={trend === 'rising' ? 'var(--ll-good-fg)' : 'dimmed'} className="ll-inline">
      <Icon size={16} aria-hidden="true" />
      {words}
    </Text>
  );
}
