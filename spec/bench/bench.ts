import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { describeMachine, formatMachine } from './machine.js'
import { runMicro } from './micro/micro.js'
import { formatSection, missedIn, verdictOf, type Section } from './report.js'

/** `npm run bench -- --only thumbprint --rounds 300 --json result.json --check` */
const { values } = parseArgs({
  options: {
    only: { type: 'string', default: '' },
    rounds: { type: 'string', default: '200' },
    seed: { type: 'string', default: String(Date.now() % 2 ** 31) },
    json: { type: 'string' },
    check: { type: 'boolean', default: false },
  },
})

const machine = describeMachine()
const seed = Number(values.seed)
console.log(`${formatMachine(machine)}\nseed ${seed}, ${values.rounds} rounds\n`)

const sections: Section[] = runMicro({ rounds: Number(values.rounds), seed, only: values.only })
console.log(sections.map(formatSection).join('\n\n'))

if (values.json !== undefined) {
  const judged = sections.map(({ checks, ...section }) => ({
    ...section,
    checks: checks.map((check) => ({ ...check, verdict: verdictOf(check) })),
  }))
  writeFileSync(values.json, `${JSON.stringify({ machine, seed, sections: judged }, undefined, 2)}\n`)
}

const missed = missedIn(sections)
for (const { what } of missed) console.error(`missed by more than the noise: ${what}`)
if (values.check && missed.length > 0) process.exitCode = 1
