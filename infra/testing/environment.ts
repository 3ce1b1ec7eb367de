/** The environment of the test run, with what a program under test is to be told besides. */
export function environment(more: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv {
  return { ...process.env, ...more };
}
