import { describeWith } from './support/binaries.js'
import { CADDY } from './support/caddy.js'
import { caddyPresets } from './support/caddy-presets.js'
import { describePresets } from './support/describe-presets.js'

describeWith(CADDY, 'Caddy in the encodings that it can produce', (path) => {
  describePresets(caddyPresets(path))
})
