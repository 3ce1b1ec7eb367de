import { LogoMark } from '../parts/logo.tsx';

/** Shown while the first answers are on their way. */
export function Starting() {
  return (
    <div className="ll-starting" role="status" aria-label="Loading">
      <LogoMark size={40} />
    </div>
  );
}
