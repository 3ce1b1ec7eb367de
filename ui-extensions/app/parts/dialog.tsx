import { Title } from '@mantine/core';
import { type ReactNode, useEffect, useId, useRef } from 'react';
import './dialog.css';

interface DialogProps {
  readonly opened: boolean;
  /** Escape was pressed, or the dialog closed otherwise. */
  readonly onClose: () => void;
  readonly title: string;
  readonly children: ReactNode;
}

/** The browser's own dialog: it keeps the focus inside, closes on Escape, and gives the focus back. */
export function Dialog({ opened, onClose, title, children }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const heading = useId();
  useEffect(() => {
    if (opened && dialog.current?.open === false) dialog.current.showModal();
    if (!opened) dialog.current?.close();
  }, [opened]);
  return (
    <dialog ref={dialog} className="ll-dialog" aria-labelledby={heading} onClose={onClose}>
      <Title order={2} id={heading}>
        {title}
      </Title>
      {children}
    </dialog>
  );
}
