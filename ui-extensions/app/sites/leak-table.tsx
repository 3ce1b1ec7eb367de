import type { Leak } from '#contract/api.ts';
import { Ago } from '../parts/ago.tsx';
import { leakKinds, leakPlaces } from './leak-words.ts';

/** Page, kind, place, count and time of each thing that was found. */
export function LeakTable({ leaks }: { readonly leaks: readonly Leak[] }) {
  return (
    <div className="ll-card ll-table-card">
      <table className="ll-leaks">
        <caption className="ll-table-caption">Found by the server</caption>
        <thead>
          <tr>
            <th scope="col">Page</th>
            <th scope="col">What</th>
            <th scope="col">Where</th>
            <th scope="col" className="ll-right">
              Times
            </th>
            <th scope="col" className="ll-right">
              Last
            </th>
          </tr>
        </thead>
        <tbody>
          {leaks.map((leak) => (
            <tr key={leak.id}>
              <th scope="row" className="ll-break">
                {leak.path === '*' ? 'Other pages' : leak.path}
              </th>
              <td>
                <a href={`#leak-${leak.kind}`} className="ll-plain-link">
                  {leakKinds[leak.kind].title}
                </a>
              </td>
              <td>{leakPlaces[leak.where]}</td>
              <td className="ll-right ll-number" data-label="times">
                {leak.count.toLocaleString()}
              </td>
              <td className="ll-right">
                <Ago at={leak.lastAt} size="sm" c="dimmed" />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
