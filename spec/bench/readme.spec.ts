import { replaceBetween } from './readme.js'

const TEXT = 'above\n<!-- begin npm run bench -->\n\nold\n\n<!-- end npm run bench -->\nbelow\n'

describe('replaceBetween', () => {
  it('replaces what stands between the comments, and nothing else', () => {
    expect(replaceBetween(TEXT, 'npm run bench', 'new')).toBe(TEXT.replace('old', 'new'))
  })

  it('finds the place again afterwards', () => {
    const once = replaceBetween(TEXT, 'npm run bench', 'new')
    expect(replaceBetween(once, 'npm run bench', 'new')).toBe(once)
  })

  it('throws where there is no such place', () => {
    expect(() => replaceBetween(TEXT, 'npm run bench:scale', 'new')).toThrow('no place')
  })
})
