import { Button, Text, TextInput, UnstyledButton } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { type KeyboardEvent, type ReactNode, useId, useRef, useState } from 'react';
import { type WordList, wordsOfList } from './word-list.ts';
import './word-list-field.css';

interface WordListFieldProps {
  readonly label: string;
  /** Names the list itself; `label` when it is left out. */
  readonly listLabel?: string;
  readonly description?: ReactNode;
  readonly placeholder: string;
  readonly list: WordList;
  readonly onChange: (list: WordList) => void;
  /** What is wrong with one word, before it is added; null when nothing is. */
  readonly check: (word: string) => string | null;
  /** What is wrong with the list. */
  readonly problem: string | null;
  /** The last of the list cannot be taken out. */
  readonly keepOne?: boolean;
}

/** Words to add with Enter or a comma, and to take out again. */
export function WordListField(props: WordListFieldProps) {
  const { label, description, placeholder, list, onChange, check, problem, listLabel = label, keepOne = false } = props;
  const [refused, setRefused] = useState<string | null>(null);
  const field = useRef<HTMLInputElement>(null);
  const problemId = useId();
  const wrong = refused ?? problem;
  const add = () => {
    const words = wordsOfList(list);
    const found = words.slice(list.words.length).map(check).find(Boolean) ?? null;
    setRefused(found);
    if (found === null) onChange({ words, typed: '' });
    field.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    // With nothing typed, Enter saves the form.
    if ((event.key !== 'Enter' && event.key !== ',') || list.typed.trim() === '') return;
    event.preventDefault();
    add();
  };
  const remove = (word: string) => {
    onChange({ ...list, words: list.words.filter((one) => one !== word) });
    field.current?.focus();
  };
  return (
    <div>
      <div className="ll-word-entry">
        <TextInput
          ref={field}
          label={label}
          description={description}
          placeholder={placeholder}
          value={list.typed}
          error={wrong !== null}
          {...(wrong === null ? {} : { 'aria-errormessage': problemId })}
          autoCapitalize="none"
          autoComplete="off"
          spellCheck={false}
          onKeyDown={onKeyDown}
          onChange={(event) => {
            setRefused(null);
            onChange({ ...list, typed: event.currentTarget.value });
          }}
        />
        <Button variant="default" disabled={list.typed.trim() === ''} onClick={add}>
          Add
        </Button>
      </div>
      {wrong !== null && (
        <Text id={problemId} role="alert" size="sm" c="var(--mantine-color-error)" mt={6}>
          {wrong}
        </Text>
      )}
      <Words words={list.words} label={listLabel} onRemove={keepOne && list.words.length < 2 ? null : remove} />
    </div>
  );
}

interface WordsProps {
  readonly words: readonly string[];
  readonly label: string;
  readonly onRemove: ((word: string) => void) | null;
}

function Words({ words, label, onRemove }: WordsProps) {
  if (words.length === 0) return null;
  return (
    <ul className="ll-plain-list ll-words" aria-label={label}>
      {words.map((word) => (
        <li key={word} className="ll-word">
          <span className="ll-break">{word}</span>
          {onRemove !== null && (
            <UnstyledButton className="ll-word-remove" aria-label={`Remove ${word}`} onClick={() => onRemove(word)}>
              <IconX size={15} aria-hidden="true" />
            </UnstyledButton>
          )}
        </li>
      ))}
    </ul>
  );
}
