const { TestEnvironment } = require('jest-environment-node');

/** The first failed test kills the mutant, so the remaining tests are skipped. */
module.exports = class extends TestEnvironment {
  async handleTestEvent(event, state) {
    if (event.name === 'test_fn_failure' || event.name === 'hook_failure') this.failed = true;
    if (event.name === 'test_start' && this.failed) event.test.mode = 'skip';
    await super.handleTestEvent?.(event, state);
  }
};
