import { describeWith } from './support/binaries.js'
import { HAPROXY_WITH_LUA, haproxyPresets } from './support/haproxy-presets.js'
import { describePresetHandshakes, describePresets } from './support/describe-presets.js'

describeWith(HAPROXY_WITH_LUA, 'HAProxy in the encodings that it can produce', (path) => {
  const presets = haproxyPresets(path)
  describePresets(presets)
  describePresetHandshakes(presets)
})
