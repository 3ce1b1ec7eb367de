/** What the loader hands to the recorder, through `window.leadlightRecorder`: the recorder is a file of its own, and nothing is in it twice. */
export interface RecorderHost {
  /** All text is masked. */
  readonly maskText: boolean;
  readonly cleanUrl: (raw: string) => string;
  readonly hideEchoes: (text: string) => string;
  readonly scrubText: (text: string) => string;
  readonly scrubSecrets: (text: string) => string;
  readonly rememberTyped: (field: HTMLInputElement) => void;
  /** One masked rrweb event, as JSON. `soon`: somebody may be waiting to see it. */
  readonly send: (json: string, soon: boolean) => void;
  /** Called once, by the recorder. */
  readonly ready: (controls: RecorderControls) => void;
}

export interface RecorderControls {
  /** The stream has a gap: take the whole page again. */
  resnapshot(): void;
  stop(): void;
}

declare global {
  interface Window {
    leadlightRecorder?: RecorderHost;
  }
}
