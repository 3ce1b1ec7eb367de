/** What the small script that comes first hands to the player. */
declare global {
  interface Window {
    leadlightStarted?: { readonly token: string; readonly answer: Promise<Response> } | undefined;
  }
}

/** Of the index with the frame that has this moment. */
export function indexPath(startMs: number): string {
  return `/recording/index?at=${Math.round(Math.min(startMs, 1e9))}`;
}
