import { Title } from '@mantine/core';
import type { Leak } from '#contract/api.ts';
import { adviceOn, leakKinds } from './leak-words.ts';

/** What each kind means, and the way out. */
export function LeakGuide({ leaks }: { readonly leaks: readonly Leak[] }) {
  return (
    <section className="ll-card" aria-label="What to do">
      <Title order={2}>What to do</Title>
      <ul className="ll-plain-list ll-guide">
        {adviceOn(leaks).map(({ kind, advice }) => (
          <li key={kind} id={`leak-${kind}`} tabIndex={-1}>
            <h3>{leakKinds[kind].title}</h3>
            <p>{leakKinds[kind].what}</p>
            <ul>
              {advice.map((sentence) => (
                <li key={sentence}>
                  <Advice>{sentence}</Advice>
                </li>
              ))}
            </ul>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** With names of attributes and functions as code. */
function Advice({ children }: { readonly children: string }) {
  return children.split(/(data-ll-mask|track\(\))/).map((part, index) =>
    // Odd parts are what the expression caught.
    index % 2 === 1 ? <code key={part}>{part}</code> : part,
  );
}
