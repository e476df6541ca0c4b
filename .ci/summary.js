// Prints what jest counted as one line, which is to be the last of a run. A spec file that could not be
// run counts as a failed test, for nobody knows how many are in it.
import { readFileSync } from 'node:fs'

const result = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8'))
const failed = result.numFailedTests + result.numRuntimeErrorTestSuites
const skipped = result.numPendingTests + result.numTodoTests
console.log(`${result.numPassedTests} passed, ${failed} failed, ${skipped} skipped`)
