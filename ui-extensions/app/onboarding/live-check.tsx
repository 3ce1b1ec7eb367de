import { Loader } from '@mantine/core';
import { IconCircleCheck } from '@tabler/icons-react';
import type { ReactNode } from 'react';

interface LiveCheckProps {
  readonly ok: boolean;
  readonly waiting: ReactNode;
  readonly found: ReactNode;
}

/** Waits in front of your eyes, and turns green when it has come. */
export function LiveCheck({ ok, waiting, found }: LiveCheckProps) {
  return (
    <div className="ll-check" data-ok={ok} role="status">
      {ok ? <IconCircleCheck size={20} aria-hidden="true" /> : <Loader size={18} type="dots" aria-hidden="true" />}
      <span>{ok ? found : waiting}</span>
    </div>
  );
}
