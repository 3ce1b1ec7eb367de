import { Group, Text, Title } from '@mantine/core';
import { IconBulb } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { Insight } from '#contract/snapshot.ts';
import { IntentMark } from './marks.tsx';
import { LinkAnchor } from './router-links.tsx';
import { tellOffset } from './words.ts';

type Moment = Insight['moments'][number];

interface InsightViewProps {
  readonly insight: Insight;
  /** How a cited moment opens; by default as a link to its replay. */
  readonly renderMoment?: (moment: Moment) => ReactNode;
}

/** Intent, summary, next step, and the moments that show it. */
export function InsightView({ insight, renderMoment = momentLink }: InsightViewProps) {
  return (
    <div className="ll-insight">
      <Group justify="space-between" gap="xs">
        <Title order={2}>Insight</Title>
        <IntentMark intent={insight.label} />
      </Group>
      <p className="ll-insight-summary">{insight.summary}</p>
      {insight.nextStep !== '' && (
        <div className="ll-next-step">
          <IconBulb size={20} aria-hidden="true" />
          <div>
            <Text size="xs" fw={650}>
              Next step
            </Text>
            <Text>{insight.nextStep}</Text>
          </div>
        </div>
      )}
      {insight.moments.length > 0 && (
        <ul className="ll-plain-list ll-moments" aria-label="Moments that show it">
          {insight.moments.map((moment) => (
            <li key={`${moment.sessionId} ${moment.offsetMs} ${moment.text}`}>{renderMoment(moment)}</li>
          ))}
        </ul>
      )}
      <Text size="xs" c="dimmed" mt="sm">
        {insight.madeBy === 'rules' ? 'Made by rules' : 'Written by a language model from the visit'} ·{' '}
        {Math.round(insight.confidence * 100)}% sure
      </Text>
    </div>
  );
}

function momentLink(moment: Moment): ReactNode {
  return (
    <LinkAnchor
      to="/r/$sessionId"
      params={{ sessionId: moment.sessionId }}
      search={{ t: Math.floor(moment.offsetMs / 1000) }}
      className="ll-moment"
      c="inherit"
      underline="never"
    >
      <MomentLine offsetMs={moment.offsetMs} text={moment.text} />
    </LinkAnchor>
  );
}

export function MomentLine({ offsetMs, text }: { readonly offsetMs: number; readonly text: string }) {
  return (
    <>
      <span className="ll-moment-time">{tellOffset(offsetMs)}</span>
      <span>{text}</span>
    </>
  );
}
