import type { Limit } from '../arithmetic.js'
import type { Subject } from './subject.js'

/** A ratio of two subjects of one case. */
export interface Ratio {
  readonly of: string
  readonly to: string
  /** Without one the ratio is printed and not checked. */
  readonly limit?: Limit
  /** The aim behind the limit, printed beside it. */
  readonly aim?: string
}

/** Subjects that are timed together, and what is to be true of them. */
export interface BenchCase {
  readonly subjects: ReadonlyMap<string, Subject>
  readonly ratios: readonly Ratio[]
}

/** Makes a case when it is to be run, for that takes time. */
export type CreateCase = () => BenchCase

/** Cases by name. */
export type CaseTable = Readonly<Record<string, CreateCase>>
