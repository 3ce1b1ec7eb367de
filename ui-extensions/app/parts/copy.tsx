import { Button, type ButtonProps, VisuallyHidden } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { type ReactNode, useEffect, useState } from 'react';
import { tellProblem } from './tell.ts';

interface CopyProps extends ButtonProps {
  readonly 'aria-label'?: string;
  /** What is copied; a function when it is only known at the click. */
  readonly text: string | (() => string);
  readonly children: ReactNode;
  readonly onCopied?: () => void;
}

/** Copies, says so in the button and to screen readers, and admits when the browser refuses. */
export function Copy({ text, children, onCopied, ...button }: CopyProps) {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 2500);
    return () => clearTimeout(timer);
  }, [copied]);

  const copy = async () => {
    try {
      await navigator.clipboard.writeText(typeof text === 'string' ? text : text());
      setCopied(true);
      onCopied?.();
    } catch {
      void tellProblem('Not copied', 'The browser did not allow it. Select the text and copy it by hand.');
    }
  };

  return (
    <Button
      variant="default"
      size="xs"
      {...button}
      onClick={copy}
      leftSection={copied ? <IconCheck size={16} color="var(--ll-good)" aria-hidden="true" /> : <IconCopy size={16} aria-hidden="true" />}
    >
      {copied ? 'Copied' : children}
      <VisuallyHidden role="status">{copied ? 'Copied to the clipboard' : ''}</VisuallyHidden>
    </Button>
  );
}
