/** What the loader hands to the recorder, through `window.leadlightRecorder`: the recorder is a file of its own, and nothing is in it twice. */
export interface RecorderHost {
  /** All text is masked. */
  readonly maskText: boolean;
  readonly cleanUrl: (raw: string) => string;
  readonly hideEchoes: (text: string) => string;
  readonly scrubText: (text: string) => string;
  readonly scrubSecrets: (text: string) => string;
  readonly rememberTyped: (field: Element) => void;
  /** One masked rrweb event, as JSON. `soon`: somebody may be waiting to see it. */
  readonly send: (json: string, soon: boolean) => void;
  /** The text of a stylesheet that stands in the recording as `ll-css:` and this hash (SHA-256, hexadecimal). Told once a page. */
  readonly sheet?: (hash: string, css: string) => void;
  /** Something of the recorder's threw. */
  readonly fault: (error: unknown) => void;
  /** Called once, by the recorder. */
  readonly ready: (controls: RecorderControls) => void;
}

export interface RecorderControls {
  /** The stream has a gap: take the whole page again. */
  resnapshot(): void;
  /** The page is leaving: hands over, synchronously, whatever waits. */
  flush(): void;
  stop(): void;
}

declare global {
  interface Window {
    leadlightRecorder?: RecorderHost;
  }
}
