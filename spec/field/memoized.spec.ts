import { memoized } from '../../lib/field/memoized.js'

describe('memoized', () => {
  it('gives the same value for equal texts, made once', () => {
    const decode = jest.fn((text: string) => ({ text }))
    const remember = memoized(decode, 16)
    const first = remember('abc')
    expect(remember(['a', 'bc'].join(''))).toBe(first)
    expect(decode).toHaveBeenCalledTimes(1)
    expect(first).toEqual({ text: 'abc' })
  })

  it.each([1, 2, 1_024])('gives every text its own value with %i slots', (slots) => {
    const remember = memoized((text) => text.toUpperCase(), slots)
    const texts = Array.from({ length: 500 }, (_, index) => `text ${index % 50}`)
    expect(texts.map(remember)).toEqual(texts.map((text) => text.toUpperCase()))
  })

  it('does not take texts that differ in one character for each other, whichever it is', () => {
    const remember = memoized((text) => text, 1)
    const text = 'a'.repeat(64)
    for (let i = 0; i < text.length; i++) {
      const other = `${text.slice(0, i)}b${text.slice(i + 1)}`
      expect([remember(text), remember(other)]).toEqual([text, other])
    }
  })

  it('remembers nothing of what the function throws', () => {
    const remember = memoized((text) => {
      if (text === 'bad') throw new Error('bad')
      return text
    }, 1)
    expect(remember('good')).toBe('good')
    for (let i = 0; i < 2; i++) expect(() => remember('bad')).toThrow('bad')
    expect(remember('good')).toBe('good')
  })

  it('remembers no more texts than it has slots', () => {
    const decode = jest.fn((text: string) => text)
    const remember = memoized(decode, 4)
    const texts = Array.from({ length: 40 }, (_, index) => `${index}`)
    for (const text of [...texts, ...texts]) remember(text)
    expect(decode.mock.calls.length).toBeGreaterThanOrEqual(2 * texts.length - 4)
  })
})
