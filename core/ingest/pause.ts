/** A pause that somebody may end early. */
export interface Pause {
  wait(): Promise<void>;
  end(): void;
}

export function createPause(ms: number): Pause {
  let end = () => {};
  return {
    wait: () =>
      new Promise((resolve) => {
        const timer = setTimeout(resolve, ms);
        end = () => {
          clearTimeout(timer);
          resolve();
        };
      }),
    end: () => end(),
  };
}
