import { TextInput } from '@mantine/core';
import { siteChange } from '#contract/api.ts';
import { SectionCard } from './site-section.tsx';
import { useSiteSection } from './use-site-section.ts';

/** How long a page has to be looked at before a visit counts without a touch of the mouse. */
export function EvidenceSection() {
  const section = useSiteSection<string>({
    name: 'evidence',
    read: ({ config }) => String(config.dwellMs / 1000),
    write: (seconds) => ({ dwellMs: msOf(seconds) }),
  });
  const problem = section.problemOf('dwellMs') === null ? null : `Give seconds from 0 to ${longestMs / 1000}`;
  return (
    <SectionCard
      title="Evidence of a person"
      intro="Mail scanners open links too. A visit counts once somebody moves, scrolls, types or touches, or looks at a page for this long."
      section={section}
    >
      <TextInput
        label="Seconds of a visible page that count"
        description="0: only input counts. Time never counts where a program drives the browser."
        inputMode="decimal"
        autoComplete="off"
        maw={340}
        value={section.draft}
        error={problem}
        onChange={(event) => section.change(event.currentTarget.value)}
      />
    </SectionCard>
  );
}

const longestMs = siteChange.shape.dwellMs.unwrap().maxValue ?? 600_000;

/** Not a number for what is none: the contract then refuses it. */
function msOf(seconds: string): number {
  return seconds.trim() === '' ? Number.NaN : Math.round(Number(seconds.replace(',', '.')) * 1000);
}
