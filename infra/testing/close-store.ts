/** mocha's root hook: what the tests of the core share is closed when all of them ran. */
import { closeTestStore } from '#core/testing/test-platform.ts';

export const mochaHooks = { afterAll: closeTestStore };
