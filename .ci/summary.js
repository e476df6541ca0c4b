// Prints what the jest runs counted as one line, which is to be the last of all. A spec file that could not be
// run counts as a failed test, for nobody knows how many are in it.
import { readFileSync } from 'node:fs'

const results = process.argv.slice(2).map((file) => JSON.parse(readFileSync(file, 'utf8')))

/** @param {string[]} counters */
const count = (...counters) =>
  results.reduce((sum, result) => sum + counters.reduce((all, counter) => all + result[counter], 0), 0)

const passed = count('numPassedTests')
const failed = count('numFailedTests', 'numRuntimeErrorTestSuites')
const skipped = count('numPendingTests', 'numTodoTests')
console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`)
