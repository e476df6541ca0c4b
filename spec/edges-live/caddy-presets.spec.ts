import { describeWith } from './support/binaries.js'
import { CADDY } from './support/caddy.js'
import { caddyPresets } from './support/caddy-presets.js'
import { describePresetHandshakes, describePresets } from './support/describe-presets.js'

describeWith(CADDY, 'Caddy in the encodings that it can produce', (path) => {
  const presets = caddyPresets(path)
  describePresets(presets)
  describePresetHandshakes(presets)
})
