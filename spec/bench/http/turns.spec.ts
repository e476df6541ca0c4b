import type { ServerKind } from './server-kinds.js'
import { Turns, type Work } from './turns.js'

const schedule = {
  leadIn: 3,
  settling: 2,
  counted: 4,
  turns: ['bare', 'by thumbprint', 'by thumbprint', 'bare'] as const,
}

/** Who answers so many requests, and what was told at which of them. */
const goThrough = (
  requests: number,
): { answering: ServerKind[]; told: [request: number, works: readonly Work[]][] } => {
  const told: [number, readonly Work[]][] = []
  const answering: ServerKind[] = []
  const turns = new Turns(schedule, (works) => told.push([answering.length, works]))
  while (answering.length < requests) answering.push(turns.next())
  return { answering, told }
}

const times = (count: number, kind: ServerKind): ServerKind[] => new Array<ServerKind>(count).fill(kind)

describe('Turns', () => {
  it('gives everybody as many requests, and the first one those of the lead-in too', () => {
    expect(goThrough(27).answering).toEqual([
      ...times(3 + 6, 'bare'),
      ...times(12, 'by thumbprint'),
      ...times(6, 'bare'),
    ])
  })

  it('tells once, when the last counted request has been, what was done in each turn', () => {
    const { told } = goThrough(100)
    expect(told.map(([request]) => request)).toEqual([27])
    const works = told[0]?.[1] ?? []
    expect(works.map(({ requests }) => requests)).toEqual([4, 4, 4, 4])
    expect(works.map(({ kind }) => kind)).toEqual(schedule.turns)
    for (const { seconds, cpuMicroseconds } of works) {
      expect(seconds).toBeGreaterThanOrEqual(0)
      expect(cpuMicroseconds).toBeGreaterThanOrEqual(0)
    }
  })

  it('leaves the last one at work after that', () => {
    expect(goThrough(40).answering.slice(27)).toEqual(times(13, 'bare'))
  })

  it('needs somebody to have a turn', () => {
    expect(() => new Turns({ ...schedule, turns: [] }, () => undefined)).toThrow(RangeError)
  })
})
