import { guard, whenStopped } from './host.ts';

type Work<Self> = (self: Self, args: readonly unknown[]) => void;

/** Tells of every call of a method that did not throw. The page sees the method as it was. */
export function whenIsCalled<Self>(prototype: object, name: string, work: Work<Self>): void {
  wrap({ prototype, name, key: 'value' }, work);
}

/** The same for setting a property. */
export function whenIsSet<Self>(prototype: object, name: string, work: Work<Self>): void {
  wrap({ prototype, name, key: 'set' }, work);
}

interface Place {
  readonly prototype: object;
  readonly name: string;
  readonly key: 'value' | 'set';
}

function wrap<Self>({ prototype, name, key }: Place, work: Work<Self>): void {
  const before = Object.getOwnPropertyDescriptor(prototype, name);
  const method = before?.[key];
  if (!before?.configurable || typeof method !== 'function') return;
  const careful = guard(work);
  const after = new Proxy(method, {
    apply(target, self, args) {
      const answer = Reflect.apply(target, self, args);
      careful(self, args);
      return answer;
    },
  });
  Object.defineProperty(prototype, name, { ...before, [key]: after });
  whenStopped(() => {
    if (Object.getOwnPropertyDescriptor(prototype, name)?.[key] === after) Object.defineProperty(prototype, name, before);
  });
}
