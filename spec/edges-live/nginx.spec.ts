import { describeWith } from './support/binaries.js'
import { describeForgeries } from './support/describe-forgeries.js'
import { describeHandshakes } from './support/describe-handshakes.js'
import { describeMatrix } from './support/describe-matrix.js'
import { describeRace } from './support/describe-race.js'
import { Matrix } from './support/matrix.js'
import {
  ALL_MODES,
  EVERY_AND_CLIENT_AUTH,
  FIRST_AND_CLIENT_AUTH,
  FIRST_AND_CONNECTION_ID,
  FIRST_AND_SHA256,
} from './support/modes.js'
import { NGINX, nginxEdge, ORIGIN_KEEP_ALIVE } from './support/nginx.js'

describeWith(NGINX, 'nginx as the edge', (path) => {
  const matrix = new Matrix()

  afterAll(() => {
    matrix.print()
  })

  for (const keepAlive of ORIGIN_KEEP_ALIVE) describeMatrix(nginxEdge(path, keepAlive), ALL_MODES, matrix)

  const edge = nginxEdge(path, 'with')
  const told = [FIRST_AND_CLIENT_AUTH, FIRST_AND_CONNECTION_ID, FIRST_AND_SHA256]
  describeRace(edge, told)
  describeForgeries(edge, [EVERY_AND_CLIENT_AUTH, ...told])
  describeHandshakes(edge, [EVERY_AND_CLIENT_AUTH, ...told])
})
