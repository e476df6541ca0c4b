import type { LabelSet } from './label-sets.js'
import { INSTRUMENTS, type Instrument, type InstrumentDefinition, type Measure } from './instruments.js'

/** Takes one value of one instrument. */
export type Take = (value: number, labels: LabelSet) => void

/** A `Measure` with what is created here, once, for each instrument. */
export const createMeasure = (create: (definition: InstrumentDefinition) => Take): Measure => {
  const entries = Object.entries(INSTRUMENTS).map(([instrument, definition]) => [
    instrument,
    create(definition),
  ])
  const takes = Object.fromEntries(entries) as Record<Instrument, Take>
  return (instrument, value, labels) => {
    takes[instrument](value, labels)
  }
}
