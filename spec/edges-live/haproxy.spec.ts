import { describeWith } from './support/binaries.js'
import { describeForgeries } from './support/describe-forgeries.js'
import { describeHandshakes } from './support/describe-handshakes.js'
import { describeMatrix } from './support/describe-matrix.js'
import { describeRace } from './support/describe-race.js'
import { HAPROXY, haproxyEdge, HTTP_REUSE } from './support/haproxy.js'
import { Matrix } from './support/matrix.js'
import {
  ALL_MODES,
  EVERY_AND_CLIENT_AUTH,
  FIRST_AND_CLIENT_AUTH,
  FIRST_AND_CONNECTION_ID,
  FIRST_AND_SHA256,
} from './support/modes.js'

describeWith(HAPROXY, 'HAProxy as the edge', (path) => {
  const matrix = new Matrix()

  afterAll(() => {
    matrix.print()
  })

  for (const httpReuse of HTTP_REUSE) describeMatrix(haproxyEdge(path, httpReuse), ALL_MODES, matrix)

  const edge = haproxyEdge(path, 'always')
  const told = [FIRST_AND_CLIENT_AUTH, FIRST_AND_CONNECTION_ID, FIRST_AND_SHA256]
  describeRace(edge, told)
  describeForgeries(edge, [EVERY_AND_CLIENT_AUTH, ...told])
  describeHandshakes(edge, [EVERY_AND_CLIENT_AUTH, ...told])
})
