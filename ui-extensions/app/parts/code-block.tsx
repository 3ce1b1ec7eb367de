import type { ReactNode } from 'react';
import { Copy } from './copy.tsx';

interface CodeBlockProps {
  readonly code: string;
  /** What the code is, for screen readers: "Snippet". */
  readonly label: string;
  readonly copyWords?: ReactNode;
  readonly onCopied?: () => void;
}

/** Code to copy: it wraps, so that nothing hides on a narrow screen. */
export function CodeBlock({ code, label, copyWords = 'Copy', onCopied }: CodeBlockProps) {
  return (
    <figure className="ll-code" aria-label={label}>
      <pre>
        <code>{code}</code>
      </pre>
      <Copy text={code} {...(onCopied === undefined ? {} : { onCopied })}>
        {copyWords}
      </Copy>
    </figure>
  );
}
