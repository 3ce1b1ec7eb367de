/**
 * The `Content-Security-Policy` of the player's document: our script and nothing else. The recorded page inside inherits it, so that it can
 * neither run nor fetch. `appOrigin` (`https://app.example.com`) is the only page that may frame the player.
 */
export function playerPolicy(appOrigin: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    // rrweb writes recorded styles into the page and onto its elements.
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self' data:",
    "connect-src 'self'",
    "frame-src 'none'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    // An origin has no spaces and no semicolons: a setting with a mistake in it cannot add a directive.
    `frame-ancestors ${new URL(appOrigin).origin}`,
  ].join('; ');
}
