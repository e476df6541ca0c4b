import { describeCase } from './describe-case.js'

describe('describeCase', () => {
  it('compares round by round what several processes have timed', () => {
    const ratios = [{ of: 'one', to: 'two', limit: { atMost: 1 } }]
    const timed = [
      { timings: { one: [1_000, 2_000], two: [2_000, 4_000] }, ratios },
      { timings: { two: [10_000], one: [5_000] }, ratios },
    ]
    expect(describeCase('both', timed)).toMatchObject({
      name: 'both',
      figures: [
        { what: 'one', unit: 'µs', value: 2 },
        { what: 'two', unit: 'µs', value: 4 },
      ],
      checks: [{ what: 'one / two', estimate: { value: 0.5, low: 0.5, high: 0.5 }, limit: { atMost: 1 } }],
    })
  })

  it('needs somebody to have timed it', () => {
    expect(() => describeCase('nothing', [])).toThrow("Nobody has timed 'nothing'.")
  })
})
