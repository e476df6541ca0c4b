import { PROTOCOLS } from '../../testing/support/clients.js'
import { EVERYBODY } from './cast.js'
import type { LiveEdge } from './live-edge.js'
import type { Matrix } from './matrix.js'
import type { Mode } from './modes.js'
import { setStage } from './stage.js'
import type { Tally } from './tally.js'
import { playTraffic, type Connect } from './traffic.js'

const REQUESTS = 1_200

const playRow = async (edge: LiveEdge, mode: Mode, connect: Connect): Promise<Tally> => {
  const stage = await setStage(edge, mode)
  return playTraffic(stage, connect, EVERYBODY).finally(stage.close)
}

/** The rows of the live matrix for one edge. */
export const describeMatrix = (edge: LiveEdge, modes: readonly Mode[], matrix: Matrix): void => {
  describe.each(PROTOCOLS)(`thirty interleaved clients of ${edge.name} over %s`, (protocol, connect) => {
    it.each(modes)('are never taken for somebody else: $name', async (mode) => {
      const tally = await playRow(edge, mode, connect)
      matrix.add([edge.name, mode.name, protocol], tally)
      expect(tally).toMatchObject({ requests: REQUESTS, wrong: 0, refused: 0, misled: 0 })
      if (mode.isTold) expect(tally).toMatchObject({ unknown: 0, markedRight: 0 })
    })
  })
}
