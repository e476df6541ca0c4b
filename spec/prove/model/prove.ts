import fc from 'fast-check'
import type { Narrator } from './narrator.js'
import { silent } from './narrator.js'
import { Report } from './report.js'
import { simulate } from './simulation.js'
import { type Step, stepsUpTo } from './steps.js'
import type { CreateSubject } from './subject.js'
import { type World, worlds } from './world.js'

export interface ProofOptions {
  readonly createSubject: CreateSubject
  readonly seed: number
  /** Simulated requests, at least. */
  readonly requests: number
  /** The longest sequence of steps. Default: 1000. */
  readonly maxSteps?: number
  /** Which worlds there may be. Default: all. */
  readonly worlds?: fc.Arbitrary<World>
  /** Whether to look for the shortest sequence that fails, which takes a while. Default: true. */
  readonly isShortening?: boolean
}

/** A sequence of steps, as short as it could be made, that ends in what must never happen. */
export interface Counterexample {
  /** With it the same proof begins with the round that failed. */
  readonly seed: number
  /** Requests until it happened for the first time. */
  readonly requests: number
  readonly violation: string
  /** What happens in the shortest sequence, line by line. */
  readonly story: readonly string[]
}

export interface Proof {
  readonly report: Report
  readonly counterexample: Counterexample | undefined
}

const RUNS_PER_ROUND = 40
const SEED_STEP = 0x9e3779b1

/** Simulates until there were enough requests, or until something happened that must never. */
export const prove = async (options: ProofOptions): Promise<Proof> => {
  const report = new Report()
  for (let round = 0; report.requests < options.requests; round++) {
    // Far apart, so that no two proofs have rounds in common; that of the first round is the one given.
    const seed = (options.seed + Math.imul(round, SEED_STEP)) | 0
    const counterexample = await proveOnce({ ...options, seed }, report)
    if (counterexample !== undefined) return { report, counterexample }
  }
  return { report, counterexample: undefined }
}

const proveOnce = async (options: ProofOptions, report: Report): Promise<Counterexample | undefined> => {
  const { createSubject, seed, maxSteps = 1_000, isShortening = true } = options
  let requests: number | undefined
  const property = fc.asyncProperty(options.worlds ?? worlds, stepsUpTo(maxSteps), async (world, steps) => {
    // Once it has failed, what follows are attempts to make the sequence shorter.
    const counted = requests === undefined ? report : new Report()
    try {
      await simulate({ world, createSubject, report: counted, tell: silent }, steps)
    } catch (error) {
      requests ??= report.requests
      throw error
    }
  })
  const { counterexample } = await fc.check(property, {
    seed,
    numRuns: RUNS_PER_ROUND,
    endOnFailure: !isShortening,
  })
  if (counterexample === null) return undefined
  return { seed, requests: requests ?? 0, ...(await retell(createSubject, ...counterexample)) }
}

const retell = async (
  createSubject: CreateSubject,
  world: World,
  steps: readonly Step[],
): Promise<Pick<Counterexample, 'violation' | 'story'>> => {
  const story = [`world: ${JSON.stringify(world, undefined, 2)}`]
  const tell: Narrator = (line) => story.push(line())
  try {
    await simulate({ world, createSubject, report: new Report(), tell }, steps)
  } catch (error) {
    return { violation: String(error), story }
  }
  return { violation: 'not repeatable', story }
}
