import { parseArgs } from 'node:util'
import { CASES } from '../micro/cases.js'
import type { Subject } from '../micro/subject.js'
import { formatTable } from '../report.js'
import { judgeBytes, readBudget, TOLERANCE_BYTES, writeBudget, type Budget } from './budget.js'
import { measureAllocations } from './measure.js'

/**
 * `npm run bench:check`: whether a request allocates more than it did, which no noise moves. Runs without the
 * optimising compiler, which would take away now one allocation and now another. `-- --write` writes the
 * budget anew; `-- --inject` allocates a closure more on every request, to show that it is seen.
 */
const { values } = parseArgs({
  options: { write: { type: 'boolean', default: false }, inject: { type: 'boolean', default: false } },
})

const PATHS: Readonly<Record<string, readonly [caseName: string, subject: string]>> = {
  'by thumbprint': ['by thumbprint', 'by thumbprint'],
  'by thumbprint, through Express': ['by thumbprint, through Express', 'by thumbprint'],
  'by thumbprint, all fields': ['by thumbprint, all fields', 'by thumbprint, all fields'],
  'by connection id': ['by connection id', 'by connection id'],
  'by connection id, through Express': ['by connection id, through Express', 'by connection id'],
  'certificate again': ['again P-256', 'certificate again'],
  'certificate again, own connection': ['again P-256', 'certificate again, own connection'],
  'first sight': ['first-sight P-256', 'first sight'],
}

const { gc } = globalThis
if (gc === undefined) throw new Error('Run it with --expose-gc.')
const collect = (): void => {
  gc({ type: 'minor' })
}

const findSubject = (caseName: string, name: string): Subject => {
  const subject = CASES[caseName]?.().subjects.get(name)
  if (subject === undefined) throw new Error(`There is no '${name}' in ${caseName}.`)
  return subject
}

/** The same with a closure more, kept so that it cannot be left out. */
const injecting = (subject: Subject): Subject => {
  const kept: unknown[] = []
  return {
    ...subject,
    run(input) {
      kept[0] = () => input
      return subject.run(input)
    },
  }
}

const measure = (subject: Subject): number =>
  measureAllocations(values.inject ? injecting(subject) : subject, collect)

const nodeMajor = Number(process.versions.node.split('.')[0])
const measured: Budget['bytes'] = Object.fromEntries(
  Object.entries(PATHS).map(([path, [caseName, name]]) => [path, measure(findSubject(caseName, name))]),
)

if (values.write) writeBudget({ nodeMajor, bytes: measured })
const budget = readBudget()
const rows = Object.entries(measured).map(([name, bytes]) => {
  const allowed = budget.bytes[name]
  return [name, String(bytes), String(allowed ?? 0), judgeBytes(bytes, allowed)]
})
console.log(formatTable(['path', 'bytes a request', `budget (± ${TOLERANCE_BYTES})`, 'verdict'], rows))
if (budget.nodeMajor !== nodeMajor) {
  console.log(`The budget is one of Node ${budget.nodeMajor}, this is Node ${nodeMajor}: nothing is checked.`)
} else if (rows.some(([, , , verdict]) => verdict === 'OVER')) {
  console.error('A request allocates more than it did. If it must: npm run bench:check -- --write')
  process.exitCode = 1
}
