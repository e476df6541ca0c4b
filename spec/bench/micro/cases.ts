import type { CaseTable } from './bench-case.js'
import { CERTIFICATE_CASES } from './certificate-cases.js'
import { EVENT_CASES } from './event-cases.js'
import { FIRST_READ_CASES } from './first-read-cases.js'
import { LATER_CASES } from './later-cases.js'

/** Everything that is timed, by name. */
export const CASES: CaseTable = { ...LATER_CASES, ...CERTIFICATE_CASES, ...FIRST_READ_CASES, ...EVENT_CASES }
