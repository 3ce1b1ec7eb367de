import { Alert } from '@mantine/core';
import { IconAlertCircle } from '@tabler/icons-react';
import { fieldsOf, wordsOf } from '../api/request.ts';

/** A refusal that belongs to the whole form; one that names fields is shown at the fields. */
export function FormProblem({ error }: { readonly error: unknown }) {
  if (error === null || Object.keys(fieldsOf(error)).length > 0) return null;
  return (
    <Alert role="alert" className="ll-problem" icon={<IconAlertCircle aria-hidden="true" />}>
      {wordsOf(error)}
    </Alert>
  );
}
