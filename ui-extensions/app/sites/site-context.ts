import { createContext, useContext } from 'react';
import type { Site } from '#contract/api.ts';

export interface SiteContext {
  readonly site: Site;
  /** A section says whether it holds changes that are not saved, so that leaving asks first. */
  readonly noteUnsaved: (section: string, unsaved: boolean) => void;
}

export const siteContext = createContext<SiteContext | null>(null);

/** The site whose pages are open. */
export function useSite(): SiteContext {
  const given = useContext(siteContext);
  if (given === null) throw new Error('This page is part of the pages of a site');
  return given;
}
