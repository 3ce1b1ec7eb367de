import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { type Site, type SiteChange, siteChange } from '#contract/api.ts';
import { changeSite } from '../api/endpoints.ts';
import { fieldsOf, wordsOf } from '../api/request.ts';
import { replaceSite } from './replace-site.ts';
import { useSite } from './site-context.ts';

interface SectionPlan<Draft> {
  readonly name: string;
  readonly read: (site: Site) => Draft;
  /** The parts of the site that this section changes. */
  readonly write: (draft: Draft) => SiteChange;
}

export interface SiteSection<Draft> {
  readonly draft: Draft;
  readonly state: 'clean' | 'unsaved' | 'saving' | 'saved';
  /** Why it was not saved; null when nothing is wrong. */
  readonly problem: string | null;
  /** What is wrong with a field, or with one of its items. */
  readonly problemOf: (field: string) => string | null;
  readonly change: (draft: Draft) => void;
  readonly save: () => void;
  readonly discard: () => void;
}

type Fields = Readonly<Record<string, string>>;

/** One part of a site's settings that is saved by itself. What is edited stays until it is saved or discarded, whatever is refreshed meanwhile. */
export function useSiteSection<Draft>({ name, read, write }: SectionPlan<Draft>): SiteSection<Draft> {
  const { site, noteUnsaved } = useSite();
  const queryClient = useQueryClient();
  const [edited, setEdited] = useState<{ readonly draft: Draft } | null>(null);
  const [refused, setRefused] = useState<Fields>({});
  const saving = useMutation({
    mutationFn: (sent: { readonly draft: Draft; readonly change: SiteChange }) => changeSite(site.id, sent.change),
    onSuccess: (answer, sent) => {
      replaceSite(queryClient, answer);
      // What was typed while it was being saved stays.
      setEdited((now) => (now?.draft === sent.draft ? null : now));
    },
    onError: (error) => setRefused(fieldsOf(error)),
  });
  const draft = edited === null ? read(site) : edited.draft;
  const unsaved = edited !== null && !isSame(edited.draft, read(site));
  useEffect(() => {
    noteUnsaved(name, unsaved);
    return () => noteUnsaved(name, false);
  }, [name, unsaved, noteUnsaved]);

  const begin = (next: { readonly draft: Draft } | null) => {
    setEdited(next);
    setRefused({});
    if (!saving.isPending) saving.reset();
  };
  const save = () => {
    if (saving.isPending || !unsaved) return;
    const change = siteChange.safeParse(write(draft));
    if (change.success) return saving.mutate({ draft, change: change.data });
    setRefused(Object.fromEntries(change.error.issues.map(({ path, message }) => [path.join('.'), message])));
  };
  return {
    draft,
    state: saving.isPending ? 'saving' : unsaved ? 'unsaved' : saving.isSuccess ? 'saved' : 'clean',
    problem: saving.isError ? wordsOf(saving.error) : Object.keys(refused).length > 0 ? 'Look at what is marked above.' : null,
    problemOf: (field) => problemOf(refused, field),
    change: (next) => begin({ draft: next }),
    save,
    discard: () => begin(null),
  };
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** The API names an item of a list by its place: `origins.2`. */
function problemOf(refused: Fields, field: string): string | null {
  const found = Object.entries(refused).find(([key]) => key === field || key.startsWith(`${field}.`));
  return found?.[1] ?? null;
}
