import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { median } from '../arithmetic.js'
import { runChild } from '../child.js'
import { describeMachine, formatMachine } from '../machine.js'
import { measureGrowth } from '../memory/memory.js'
import { writeToReadme } from '../readme.js'
import { formatTable } from '../report.js'
import type { ScaleResult } from './simulate.js'

/**
 * `npm run bench:scale -- --connections 100000 --instances 8 --json scale.json`: how many clients an origin of
 * many instances recognises, what that asks of the shared store, and what the instances hold.
 */
const { values } = parseArgs({
  options: {
    connections: { type: 'string', default: '1000000' },
    instances: { type: 'string', default: '64' },
    certificates: { type: 'string', default: '1000000' },
    json: { type: 'string' },
    readme: { type: 'boolean', default: false },
  },
})

const FLAGS = ['--expose-gc', '--max-old-space-size=12288']
const MIB = 2 ** 20
const GROWTH_ROUNDS = 200

const round = (value: number, digits = 2): string =>
  value.toLocaleString('en-US', { maximumFractionDigits: digits })

const simulate = async (evidence: string, isShared: boolean): Promise<ScaleResult> => {
  const args = [evidence, isShared ? 'shared' : 'alone', values.connections, values.instances]
  return (await runChild('scale/simulate.js', args, FLAGS)) as ScaleResult
}

const rowOf = ({ evidence, isShared, store, ...result }: ScaleResult): string[] => [
  evidence,
  isShared ? 'shared store' : 'in-process cache alone',
  `${round((100 * result.recognised) / result.later)} %`,
  round(store.gets / result.requests),
  round(store.sets / result.requests),
  round((store.bytesRead + store.bytesWritten) / result.requests, 0),
  `${round(result.bytesPerInstance / MIB, 1)} MiB`,
  `${round(store.certificates)} + ${round(store.connections)}`,
]

const machine = describeMachine()
const { connections, instances } = values
const scenario = `${round(Number(connections))} client connections over ${instances} instances`
console.log(`${formatMachine(machine)}\n\n${scenario}\n`)

const results: ScaleResult[] = []
for (const evidence of ['thumbprint', 'connection']) {
  results.push(...(await Promise.all([simulate(evidence, false), simulate(evidence, true)])))
}
const simulated = formatTable(
  [
    'evidence',
    'known by',
    'later requests recognised',
    'gets per request',
    'sets per request',
    'bytes per request',
    'memory per instance',
    'stored: certificates + connections',
  ],
  results.map(rowOf),
)
console.log(simulated)

const sizes = [1_000, 10_000, 100_000, 1_000_000].filter((size) => size <= Number(values.certificates))
const growth = await measureGrowth(GROWTH_ROUNDS, sizes)
const grown = formatTable(
  ['certificates remembered', 'later request by thumbprint', 'bytes per certificate'],
  growth.map(({ certificates, nanoseconds, bytesPerCertificate }) => [
    certificates.toLocaleString('en-US'),
    `${round(median(nanoseconds) / 1_000)} µs`,
    round(bytesPerCertificate, 0),
  ]),
)
console.log(`\n${grown}`)

if (values.readme) {
  writeToReadme(
    'npm run bench:scale',
    `${scenario}, on ${formatMachine(machine)}.\n\n${simulated}\n\n${grown}`,
  )
}
if (values.json !== undefined) {
  writeFileSync(values.json, `${JSON.stringify({ machine, results, growth }, undefined, 2)}\n`)
}
