import { IconLock } from '@tabler/icons-react';
import { EmptyNote } from '../parts/empty-note.tsx';

/** For members who may not change sites. */
export function NotYours() {
  return (
    <EmptyNote icon={<IconLock size={32} stroke={1.5} aria-hidden="true" />} title="Sites are looked after by others here">
      Owners, admins and marketers of the workspace see and change how its sites are tracked.
    </EmptyNote>
  );
}
