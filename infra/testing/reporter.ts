import { writeFileSync } from 'node:fs';
import mocha from 'mocha';

/** mocha's spec reporter, which also leaves its counts in the file `LEADLIGHT_TEST_RESULT`: `npm test` closes with them. */
export default class Reporter extends mocha.reporters.Spec {
  constructor(runner: mocha.Runner, options: mocha.MochaOptions) {
    super(runner, options);
    const file = process.env.LEADLIGHT_TEST_RESULT;
    runner.once(mocha.Runner.constants.EVENT_RUN_END, () => {
      if (file) writeFileSync(file, JSON.stringify({ passed: this.stats.passes, failed: this.stats.failures }));
    });
  }
}
