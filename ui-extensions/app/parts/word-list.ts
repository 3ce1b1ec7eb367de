/** A list of short words in a form, with what is still being typed. */
export interface WordList {
  readonly words: readonly string[];
  /** Not in the list yet; it counts when the form is saved, so that nothing typed is lost. */
  readonly typed: string;
}

/** The list as it would be saved: what is typed is split at spaces and commas, and nothing is there twice. */
export function wordsOfList({ words, typed }: WordList): string[] {
  return [...new Set([...words, ...typed.split(/[\s,;]+/)])].filter(Boolean);
}

export function asList(words: readonly string[]): WordList {
  return { words, typed: '' };
}
