/**
 * mocha's root hook: what the tests of the core share is closed when all of them ran. Where files run side by side, mocha would do so after
 * every file: there it stays open until the process is ended, and the last fixture removes what it left.
 */
import { closeTestStore } from '#core/testing/test-platform.ts';

export const mochaHooks = process.env.MOCHA_WORKER_ID === undefined ? { afterAll: closeTestStore } : {};
