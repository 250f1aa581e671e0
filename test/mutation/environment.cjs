const { TestEnvironment } = require('jest-environment-node');

/** Once a test has failed the mutant is dead: the rest is left out. */
module.exports = class extends TestEnvironment {
  async handleTestEvent(event, state) {
    if (event.name === 'test_fn_failure' || event.name === 'hook_failure') this.failed = true;
    if (event.name === 'test_start' && this.failed) event.test.mode = 'skip';
    await super.handleTestEvent?.(event, state);
  }
};
