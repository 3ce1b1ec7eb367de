/** What the sandbox is told at start. */
export interface SandboxOptions {
  /** 0 takes any free port. */
  readonly port: number;
  /** Where its state lives; null keeps it in memory only. */
  readonly dataFile: string | null;
  readonly hubspot: {
    readonly clientId: string;
    readonly clientSecret: string;
    readonly redirectUris: readonly string[];
    /** Each refresh gives a new refresh token and ends the old one. Default false, as HubSpot does today. */
    readonly rotateRefreshTokens?: boolean | undefined;
  };
  readonly slack: {
    readonly clientId: string;
    readonly clientSecret: string;
    readonly signingSecret: string;
    readonly redirectUris: readonly string[];
    /** Where the app takes button presses and events. */
    readonly requestUrl: string;
    /** Access tokens live 12 hours and come with a rotating refresh token. Default false, as for an app without token rotation. */
    readonly rotateTokens?: boolean | undefined;
  };
  /** Origin of the demo site: the campaign's links lead there. */
  readonly demoSiteUrl: string;
  /** Address to listen on. Default 127.0.0.1. */
  readonly host?: string | undefined;
  /** The clock, for tests. */
  readonly now?: (() => Date) | undefined;
  readonly log?: ((line: string) => void) | undefined;
}
