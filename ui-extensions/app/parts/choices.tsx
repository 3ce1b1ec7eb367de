import { type ReactNode, useId } from 'react';
import './choices.css';

interface Choice<Value extends string> {
  readonly value: Value;
  readonly title: ReactNode;
  /** What it means. */
  readonly words: ReactNode;
}

interface RadioChoicesProps<Value extends string> {
  readonly legend: string;
  readonly value: Value;
  readonly choices: readonly Choice<Value>[];
  readonly onChange: (value: Value) => void;
}

/** One of a few, each explained: the browser's own radio buttons. */
export function RadioChoices<Value extends string>({ legend, value, choices, onChange }: RadioChoicesProps<Value>) {
  const name = useId();
  return (
    <fieldset className="ll-choices">
      <legend className="ll-hidden-words">{legend}</legend>
      {choices.map((choice) => (
        <ChoiceLine key={choice.value} title={choice.title} words={choice.words}>
          {(naming) => (
            <input type="radio" name={name} checked={choice.value === value} onChange={() => onChange(choice.value)} {...naming} />
          )}
        </ChoiceLine>
      ))}
    </fieldset>
  );
}

interface SwitchChoiceProps {
  readonly title: ReactNode;
  readonly words: ReactNode;
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
}

/** On or off, explained. */
export function SwitchChoice({ title, words, checked, onChange }: SwitchChoiceProps) {
  return (
    <ChoiceLine title={title} words={words}>
      {(naming) => (
        <input
          type="checkbox"
          role="switch"
          className="ll-switch-input"
          checked={checked}
          aria-checked={checked}
          onChange={(event) => onChange(event.currentTarget.checked)}
          {...naming}
        />
      )}
    </ChoiceLine>
  );
}

interface Naming {
  readonly id: string;
  readonly 'aria-labelledby': string;
  readonly 'aria-describedby': string;
}

interface ChoiceLineProps {
  readonly title: ReactNode;
  readonly words: ReactNode;
  readonly children: (naming: Naming) => ReactNode;
}

/** A click anywhere on the line chooses; its name is the title alone, the rest is read as its description. */
function ChoiceLine({ title, words, children }: ChoiceLineProps) {
  const id = useId();
  return (
    <label className="ll-choice" htmlFor={id}>
      {children({ id, 'aria-labelledby': `${id}-title`, 'aria-describedby': `${id}-words` })}
      <span className="ll-choice-words">
        <span id={`${id}-title`} className="ll-choice-title">
          {title}
        </span>
        <span id={`${id}-words`}>{words}</span>
      </span>
    </label>
  );
}
