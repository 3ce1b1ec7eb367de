import { Collapse, Text, Title, UnstyledButton, VisuallyHidden } from '@mantine/core';
import { IconCheck, IconChevronDown } from '@tabler/icons-react';
import { type ReactNode, useId, useState } from 'react';

interface StepCardProps {
  readonly number: number;
  readonly title: string;
  readonly done: boolean;
  /** The step to do now: open until done. */
  readonly current: boolean;
  /** One line shown while the step is closed. */
  readonly summary: string;
  readonly children: ReactNode;
}

/** A step that opens by itself when it is its turn, and closes when done; a person's own choice goes first. */
export function StepCard({ number, title, done, current, summary, children }: StepCardProps) {
  const bodyId = useId();
  const [chosen, setChosen] = useState<{ readonly opened: boolean; readonly whenCurrent: boolean } | null>(null);
  const opened = chosen !== null && chosen.whenCurrent === current ? chosen.opened : current;
  return (
    <li className="ll-step" data-done={done} data-current={current}>
      <Title order={2} className="ll-step-title">
        <UnstyledButton
          className="ll-step-head"
          aria-expanded={opened}
          aria-controls={bodyId}
          onClick={() => setChosen({ opened: !opened, whenCurrent: current })}
        >
          <span className="ll-step-number" aria-hidden="true">
            {done ? <IconCheck size={18} stroke={2.5} /> : number}
          </span>
          <span className="ll-step-words">
            <span>
              {title}
              <VisuallyHidden component="span"> {done ? '(done)' : `(step ${number})`}</VisuallyHidden>
            </span>
            {!opened && (
              <Text span size="sm" c="dimmed" fw={400}>
                {summary}
              </Text>
            )}
          </span>
          <IconChevronDown size={18} className="ll-step-chevron" data-opened={opened} aria-hidden="true" />
        </UnstyledButton>
      </Title>
      <Collapse expanded={opened} id={bodyId}>
        <div className="ll-step-body">{children}</div>
      </Collapse>
    </li>
  );
}
