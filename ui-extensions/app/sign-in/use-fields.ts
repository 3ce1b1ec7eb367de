import { useState } from 'react';
import type { z } from 'zod';
import { fieldsOf } from '../api/request.ts';

/**
 * The fields of a form of texts: their values, and what to do about each. `check` answers the parsed value, or null after marking
 * the fields; `blame` marks the fields that the API named.
 */
export function useFields<Name extends string, Parsed>(schema: z.ZodType<Parsed>, initial: Readonly<Record<Name, string>>) {
  const [values, setValues] = useState(initial);
  const [errors, setErrors] = useState<Readonly<Record<string, string>>>({});

  const bind = (name: Name) => ({
    name,
    value: values[name],
    error: errors[name] ?? null,
    onChange: (event: { readonly currentTarget: { readonly value: string } }) => {
      const { value } = event.currentTarget;
      setValues((before) => ({ ...before, [name]: value }));
      setErrors((before) => ({ ...before, [name]: '' }));
    },
  });

  const check = (): Parsed | null => {
    const parsed = schema.safeParse(values);
    setErrors(parsed.success ? {} : firstPerField(parsed.error));
    return parsed.success ? parsed.data : null;
  };

  return { values, bind, check, blame: (error: unknown) => setErrors(fieldsOf(error)) };
}

function firstPerField(error: z.ZodError): Record<string, string> {
  return Object.fromEntries([...error.issues].reverse().map((issue) => [String(issue.path[0]), issue.message]));
}
