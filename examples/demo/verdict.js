/**
 * Whether the origin knew who a request was from.
 * @typedef {'right' | 'unknown' | 'wrong'} Verdict
 */

/**
 * One request: who it was from, what the origin said about it, and whether that was so.
 * @typedef {import('./origin.js').Answer & { client: string, verdict: Verdict }} Exchange
 */

/**
 * How often the origin was right, did not know, or was wrong; and how many of the wrong answers came with
 * an empty list of problems, so that access would have been granted to somebody else.
 * @typedef {Record<Verdict | 'requests' | 'unmarked', number>} Summary
 */

/**
 * Compares certificates, not names: anybody can have a certificate with somebody else's name in it.
 * @param {import('./cast.js').Client} client
 * @param {import('./origin.js').Answer} answer
 * @returns {Verdict}
 */
export const verdictOf = (client, answer) => {
  if (answer.thumbprint === client.thumbprint) return 'right'
  return answer.thumbprint === undefined ? 'unknown' : 'wrong'
}

/** @param {Pick<Exchange, 'verdict' | 'problems'>} exchange */
export const isUnmarked = ({ verdict, problems }) => verdict === 'wrong' && problems.length === 0

/**
 * @param {Pick<Exchange, 'verdict' | 'problems'>[]} exchanges
 * @returns {Summary}
 */
export const summarise = (exchanges) => {
  /** @param {Verdict} wanted */
  const count = (wanted) => exchanges.filter(({ verdict }) => verdict === wanted).length
  return {
    requests: exchanges.length,
    right: count('right'),
    unknown: count('unknown'),
    wrong: count('wrong'),
    unmarked: exchanges.filter(isUnmarked).length,
  }
}
