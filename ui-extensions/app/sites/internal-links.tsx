import { Copy } from '../parts/copy.tsx';
import { useSite } from './site-context.ts';

/** A link for each domain that marks the browser it is opened in as one of the site's own. */
export function InternalLinks() {
  const { site } = useSite();
  return (
    <div>
      <h3 className="ll-field-title">Leave out a browser</h3>
      <p className="ll-field-words">
        Open the link once in each browser your people use: the snippet then collects nothing there on this domain.{' '}
        <code>?ll_internal=0</code> undoes it.
      </p>
      <ul className="ll-plain-list">
        {site.origins.map((origin) => (
          <li key={origin} className="ll-internal-link">
            <code className="ll-break">{`${origin}/?ll_internal=1`}</code>
            <Copy text={`${origin}/?ll_internal=1`} aria-label={`Copy the link for ${origin}`}>
              Copy
            </Copy>
          </li>
        ))}
      </ul>
    </div>
  );
}
