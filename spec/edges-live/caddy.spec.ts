import { describeWith } from './support/binaries.js'
import { CADDY, caddyEdge } from './support/caddy.js'
import { describeForgeries } from './support/describe-forgeries.js'
import { describeHandshakes } from './support/describe-handshakes.js'
import { describeMatrix } from './support/describe-matrix.js'
import { describeRace } from './support/describe-race.js'
import { Matrix } from './support/matrix.js'
import { EVERY, EVERY_AND_CLIENT_AUTH_ENFORCED } from './support/modes.js'

describeWith(CADDY, 'Caddy as the edge', (path) => {
  const matrix = new Matrix()
  const edge = caddyEdge(path)

  afterAll(() => {
    matrix.print()
  })

  // Caddy tells neither the first request of a connection nor one connection from another.
  const modes = [EVERY, EVERY_AND_CLIENT_AUTH_ENFORCED]
  describeMatrix(edge, modes, matrix)
  describeRace(edge, modes)
  describeForgeries(edge, modes)
  describeHandshakes(edge, modes)
})
