import type { EventProps } from './event-props.ts';

export interface InitOptions {
  /** The site's public key: Settings, Sites. */
  siteKey: string;
  /** Origin of your Leadlight: `https://leadlight.example.com`. */
  core: string;
  /**
   * `false`: nothing is stored or sent before `consent(true)`. `true`: the visitor has agreed already. Left out: the site's settings in
   * Leadlight decide, and a consent manager on the page is listened to.
   */
  consent?: boolean;
  /** The nonce of the page's Content Security Policy. Not needed with `'strict-dynamic'`. */
  nonce?: string;
  /** Address of `ll.js` where you host the files yourself; the other two must lie beside it. */
  src?: string;
  /** Hash of that very `ll.js`: `sha384-…`. The files it loads are pinned with it. */
  integrity?: string;
}

/** What is known about a person: plan, company, number of seats. Never a secret. */
export type Traits = Readonly<Record<string, string | number | boolean>>;

/** Events that Leadlight knows by name. */
export type CatalogueEvent = keyof EventProps;

/** Loads the snippet, once however often it is called. Does nothing on a server. */
export type Init = (options: InitOptions) => void;

/** Says who the visitor is: an e-mail address, or your own id. Traits are kept on the contact. */
export type Identify = (idOrEmail: string, traits?: Traits) => void;

/** Fields may be left out where none is needed. */
type PropsOf<Props> = Record<never, never> extends Props ? [props?: Props] : [props: Props];

export interface Track {
  /** An event of the catalogue, with its fields. */
  <Name extends CatalogueEvent>(name: Name, ...props: PropsOf<EventProps[Name]>): void;
  /** An event of your own: any other name, up to 100 characters. */
  <Name extends string>(name: Name extends CatalogueEvent ? never : Name, props?: Traits): void;
}

/** What the visitor chose. `false` erases what was stored. */
export type Consent = (granted?: boolean) => void;
