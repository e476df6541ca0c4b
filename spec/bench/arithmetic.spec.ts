import { createRandom } from '../support/random.js'
import {
  estimateMean,
  estimateMedian,
  judgeEstimate,
  median,
  pairedRatios,
  shuffled,
  type Estimate,
  type Limit,
  type Verdict,
} from './arithmetic.js'

const range = (count: number): number[] => Array.from({ length: count }, (_, index) => index)

describe('median', () => {
  it.each<[what: string, values: number[], expected: number]>([
    ['of an odd number of values is the middle one', [9, 1, 5], 5],
    ['of an even number is half-way between the two middle ones', [4, 1, 100, 2], 3],
    ['of one is that one', [7], 7],
    ['takes no notice of how far off the others are', [1, 1, 1, 1_000_000], 1],
  ])('%s', (_what, values, expected) => {
    expect(median(values)).toBe(expected)
  })

  it('of nothing does not exist', () => {
    expect(() => median([])).toThrow(RangeError)
  })
})

describe('pairedRatios', () => {
  it('compares what was measured together: a machine that is slower in one round changes nothing', () => {
    expect(pairedRatios([2, 20, 6], [4, 40, 12])).toEqual([0.5, 0.5, 0.5])
  })

  it('takes no value without a partner', () => {
    expect(() => pairedRatios([1, 2], [1])).toThrow(RangeError)
  })
})

describe('estimateMedian', () => {
  it('has no noise where every round says the same', () => {
    expect(estimateMedian(new Array<number>(50).fill(3))).toEqual({ value: 3, low: 3, high: 3 })
  })

  it('says between which ranks the median is: 2.576 standard deviations of a fair coin from the middle', () => {
    // 400 coins: a standard deviation of 10 ranks, so 25.76 on either side of rank 199.5.
    expect(estimateMedian(range(400))).toEqual({ value: 199.5, low: 173, high: 226 })
  })

  it('takes all that was seen for the noise of a few rounds', () => {
    expect(estimateMedian([5, 1, 3])).toEqual({ value: 3, low: 1, high: 5 })
  })

  it('is not moved by rounds in which the machine did something else', () => {
    const quiet = range(400).map(() => 1)
    const disturbed = quiet.map((value, index) => (index % 5 === 0 ? 1_000 : value))
    expect(estimateMedian(disturbed)).toEqual(estimateMedian(quiet))
  })

  it('holds the true median in 99 of 100 runs', () => {
    const random = createRandom(1)
    const runs = range(1_000).map(() => estimateMedian(range(101).map(() => random(1_000_001))))
    const holding = runs.filter(({ low, high }) => low <= 500_000 && high >= 500_000)
    expect(holding.length / runs.length).toBeGreaterThan(0.98)
  })
})

describe('estimateMean', () => {
  it('has no noise where every round says the same', () => {
    expect(estimateMean([3, 3, 3])).toEqual({ value: 3, low: 3, high: 3 })
  })

  it('says 2.576 standard deviations of the mean on either side', () => {
    // A hundred values ten away from their mean, which is off by a tenth of that.
    const values = range(100).map((index) => (index % 2 === 0 ? 40 : 60))
    const { value, low, high } = estimateMean(values)
    expect([value, low, high]).toEqual([50, expect.closeTo(47.424, 3), expect.closeTo(52.576, 3)])
  })

  it('is moved by a round that was like no other', () => {
    expect(estimateMean([1, 1, 1, 97]).value).toBe(25)
  })
})

describe('judgeEstimate', () => {
  const near = (value: number): Estimate => ({ value, low: value - 0.1, high: value + 0.1 })

  it.each<[what: string, estimate: Estimate, limit: Limit, expected: Verdict]>([
    ['below an upper limit', near(0.4), { atMost: 0.5 }, 'met'],
    ['at an upper limit', near(0.5), { atMost: 0.5 }, 'met'],
    ['above it by less than the noise', near(0.55), { atMost: 0.5 }, 'unclear'],
    ['above it by more', near(0.65), { atMost: 0.5 }, 'missed'],
    ['above a lower limit', near(1), { atLeast: 0.97 }, 'met'],
    ['below it by less than the noise', near(0.9), { atLeast: 0.97 }, 'unclear'],
    ['below it by more', near(0.8), { atLeast: 0.97 }, 'missed'],
  ])('%s', (_what, estimate, limit, expected) => {
    expect(judgeEstimate(estimate, limit)).toBe(expected)
  })
})

describe('shuffled', () => {
  it('has the same in another order', () => {
    const list = range(20)
    const result = shuffled(list, createRandom(1))
    expect(result).not.toEqual(list)
    expect([...result].sort((a, b) => a - b)).toEqual(list)
  })

  it('puts each as often at each place', () => {
    const random = createRandom(1)
    const firsts = range(3_000).map(() => shuffled(['a', 'b', 'c'], random)[0])
    for (const name of ['a', 'b', 'c']) {
      expect(firsts.filter((first) => first === name).length / firsts.length).toBeCloseTo(1 / 3, 1)
    }
  })
})
