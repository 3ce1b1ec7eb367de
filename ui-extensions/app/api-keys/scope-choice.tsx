import { Text } from '@mantine/core';
import { type Scope, scopeNames, scopes } from '#contract/scopes.ts';

interface ScopeChoiceProps {
  readonly chosen: readonly Scope[];
  readonly problem: string | undefined;
  readonly onChange: (chosen: readonly Scope[]) => void;
}

/** What a key may do, one line each. */
export function ScopeChoice({ chosen, problem, onChange }: ScopeChoiceProps) {
  const turn = (scope: Scope, on: boolean) => onChange(on ? [...chosen, scope] : chosen.filter((one) => one !== scope));
  return (
    <fieldset className="ll-scope-choice" aria-describedby={problem === undefined ? undefined : 'll-scope-problem'}>
      <legend>Scopes</legend>
      {problem !== undefined && (
        <Text id="ll-scope-problem" role="alert" size="sm" c="var(--mantine-color-error)">
          {problem}
        </Text>
      )}
      <div className="ll-scope-lines">
        {scopeNames.map((scope) => (
          <label key={scope} className="ll-scope-line">
            <input type="checkbox" checked={chosen.includes(scope)} onChange={(event) => turn(scope, event.currentTarget.checked)} />
            <span>
              <code>{scope}</code>
              <span>{scopes[scope].text}</span>
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
