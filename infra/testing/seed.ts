/**
 * Property tests draw the same cases in every run, so that what fails is about the change and fails again. Other cases are drawn with
 * `LEADLIGHT_TEST_SEED=any`, or the number that a failure named.
 */
import fc from 'fast-check';

const always = 20_261;

function seed(): number {
  const asked = process.env.LEADLIGHT_TEST_SEED;
  if (asked === undefined || asked === '') return always;
  return asked === 'any' ? Date.now() % 2 ** 31 : Number(asked);
}

fc.configureGlobal({ seed: seed() });
