import { parseArgs } from 'node:util'
import { prove } from './model/prove.js'
import { createRealMiddleware } from './model/subject.js'

/** `npm run prove -- --seed=1 --requests=1000000`; the seed that is printed repeats the run. */
const { values } = parseArgs({ options: { seed: { type: 'string' }, requests: { type: 'string' } } })
const seed = Number(values.seed ?? process.env['PROVE_SEED'] ?? Date.now() % 2 ** 31)
const requests = Number(values.requests ?? process.env['PROVE_REQUESTS'] ?? 1_000_000)

console.log(`seed ${seed}, at least ${requests.toLocaleString('en-US')} simulated requests`)
const begun = performance.now()
const { report, counterexample } = await prove({ createSubject: createRealMiddleware, seed, requests })
const seconds = Math.round((performance.now() - begun) / 1_000)
console.log(`\n${report.format()}\n\n${report.requests.toLocaleString('en-US')} requests in ${seconds} s`)
if (counterexample === undefined) {
  console.log('no violation')
} else {
  const { violation, story, seed: failed, requests: until } = counterexample
  console.error(`${violation}\nafter ${until} requests; again with: npm run prove -- --seed=${failed}`)
  console.error(story.join('\n'))
  process.exitCode = 1
}
