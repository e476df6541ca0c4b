import { describeWith } from './support/binaries.js'
import { HAPROXY } from './support/haproxy.js'
import { haproxyPresets } from './support/haproxy-presets.js'
import { describePresetHandshakes, describePresets } from './support/describe-presets.js'

describeWith(HAPROXY, 'HAProxy in the encodings that it can produce', (path) => {
  const presets = haproxyPresets(path)
  describePresets(presets)
  describePresetHandshakes(presets)
})
