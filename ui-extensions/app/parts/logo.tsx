/** The mark: a leaded pane with one light on. */
export function LogoMark({ size = 26 }: { readonly size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <rect width="32" height="32" rx="8" fill="#1b2440" />
      <path d="M15.2 5.9v9.3H6.700Z" fill="#5b7cf0" />
      <path d="M16.8 5.9v9.3h8.5Z" fill="#ffb938" />
      <path d="M15.2 26.1v-9.3H6.700Z" fill="#2f4cd0" />
      <path d="M16.8 26.1v-9.3h8.500Z" fill="#7d97f5" />
    </svg>
  );
}

export function Logo({ size = 26 }: { readonly size?: number }) {
  return (
    <span className="ll-logo">
      <LogoMark size={size} />
      <span style={{ fontSize: size * 0.66 }}>Leadlight</span>
    </span>
  );
}
