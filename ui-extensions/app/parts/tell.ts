export interface Notice {
  readonly message: string;
  readonly title?: string;
  readonly color?: 'red' | 'teal';
  /** Milliseconds until it goes; false: it stays until it is closed. */
  readonly autoClose?: number | false;
}

let wanted = false;
const listeners = new Set<() => void>();

/** Says something in the corner of the page. What shows it is loaded at the first word. */
export async function tell({ message, title = '', color = 'teal', autoClose = 5000 }: Notice): Promise<void> {
  wanted = true;
  for (const listen of listeners) listen();
  const { notifications } = await import('@mantine/notifications');
  notifications.show({ message, title, color, autoClose });
}

/** Says that something did not work, in the words of the API. */
export function tellProblem(title: string, message: string): Promise<void> {
  return tell({ title, message, color: 'red', autoClose: 8000 });
}

export function isAnythingTold(): boolean {
  return wanted;
}

export function onFirstTold(listen: () => void): () => void {
  listeners.add(listen);
  return () => listeners.delete(listen);
}
