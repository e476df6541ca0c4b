import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { createRandom } from '../support/random.js'
import { runHttp } from './http/http.js'
import { describeMachine, formatMachine } from './machine.js'
import { runGrowth, runRetained } from './memory/memory.js'
import { runMicro } from './micro/micro.js'
import { writeToReadme } from './readme.js'
import { formatSection, formatSummary, missedIn, verdictOf, type Section } from './report.js'

/** `npm run bench -- --only thumbprint --rounds 300 --json result.json --check` */
const { values } = parseArgs({
  options: {
    only: { type: 'string', default: '' },
    rounds: { type: 'string', default: '200' },
    seed: { type: 'string', default: String(Date.now() % 2 ** 31) },
    json: { type: 'string' },
    check: { type: 'boolean', default: false },
    readme: { type: 'boolean', default: false },
  },
})

const machine = describeMachine()
const seed = Number(values.seed)
console.log(`${formatMachine(machine)}\nseed ${seed}, ${values.rounds} rounds\n`)

const rounds = Number(values.rounds)
const random = createRandom(seed)
const PARTS: Readonly<Record<string, () => Promise<Section>>> = {
  memory: runRetained,
  growth: () => runGrowth(rounds),
  http: () => runHttp(rounds, random),
}

const sections: Section[] = []
const add = (section: Section): void => {
  sections.push(section)
  console.log(`${formatSection(section)}\n`)
}
for await (const section of runMicro({ rounds, seed, only: values.only })) add(section)
for (const [name, run] of Object.entries(PARTS)) if (name.includes(values.only)) add(await run())

const summary = formatSummary(sections)
console.log(`## everything that is compared\n\n${summary}`)
if (values.readme) writeToReadme('npm run bench', `${formatMachine(machine)}.\n\n${summary}`)
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
