import { describeWith } from './support/binaries.js'
import { NGINX } from './support/nginx.js'
import { nginxPresets } from './support/nginx-presets.js'
import { describePresetHandshakes, describePresets } from './support/describe-presets.js'

describeWith(NGINX, 'nginx in the encodings that it can produce', (path) => {
  const presets = nginxPresets(path)
  describePresets(presets)
  describePresetHandshakes(presets)
})
