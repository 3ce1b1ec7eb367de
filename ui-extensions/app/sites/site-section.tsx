import { Button, Group, Text, Title } from '@mantine/core';
import { IconCircleCheck, IconPencil } from '@tabler/icons-react';
import type { FormEvent, ReactNode } from 'react';
import type { SiteSection } from './use-site-section.ts';
import './section.css';

interface SectionCardProps {
  readonly title: string;
  readonly intro?: ReactNode;
  /** State and ways to save it. */
  readonly section: Pick<SiteSection<unknown>, 'state' | 'problem' | 'save' | 'discard'>;
  readonly children: ReactNode;
}

/** A card that is saved by itself, and says where it stands. */
export function SectionCard({ title, intro, section, children }: SectionCardProps) {
  const submit = (event: FormEvent) => {
    event.preventDefault();
    section.save();
  };
  return (
    <form className="ll-card ll-section" aria-label={title} onSubmit={submit} noValidate>
      <Title order={2}>{title}</Title>
      {intro !== undefined && (
        <Text c="dimmed" mt={2}>
          {intro}
        </Text>
      )}
      <div className="ll-section-body">{children}</div>
      <SectionFoot title={title} section={section} />
    </form>
  );
}

function SectionFoot({ title, section }: Pick<SectionCardProps, 'title' | 'section'>) {
  const { state, problem, discard } = section;
  const idle = state === 'clean' || state === 'saved';
  return (
    <footer className="ll-section-foot" data-state={state}>
      <div className="ll-section-state">
        <span role="status">
          <StateWords state={state} />
        </span>
        {problem !== null && (
          <Text role="alert" size="sm" c="var(--mantine-color-error)">
            Not saved. {problem}
          </Text>
        )}
      </div>
      <Group gap="xs">
        {state === 'unsaved' && (
          <Button variant="default" size="sm" onClick={discard}>
            Discard
          </Button>
        )}
        {/* Not the attribute "disabled": the button would lose the focus when it has saved. */}
        <Button
          type="submit"
          size="sm"
          aria-label={`Save ${title.toLowerCase()}`}
          loading={state === 'saving'}
          {...(idle ? { 'data-disabled': true, 'aria-disabled': true } : {})}
        >
          Save
        </Button>
      </Group>
    </footer>
  );
}

function StateWords({ state }: { readonly state: SiteSection<unknown>['state'] }) {
  if (state === 'clean') return null;
  if (state === 'saving') return <>Saving…</>;
  const saved = state === 'saved';
  const Icon = saved ? IconCircleCheck : IconPencil;
  return (
    <span className="ll-inline">
      <Icon size={17} aria-hidden="true" />
      {saved ? 'Saved' : 'Unsaved changes'}
    </span>
  );
}
