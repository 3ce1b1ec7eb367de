const key = 'leadlight.connectStart';

/** Remembers in this tab which page a connect began on: the provider sends the browser back to one address for all of them. */
export function noteConnectStart(path: string): void {
  try {
    sessionStorage.setItem(key, path);
  } catch {
    // Storage is off: the connect ends on Settings, Integrations.
  }
}

/** Where the connect that has just come back began, once; null when nobody knows. */
export function takeConnectStart(): string | null {
  try {
    const path = sessionStorage.getItem(key);
    sessionStorage.removeItem(key);
    return path;
  } catch {
    return null;
  }
}
