import { describeWith } from './support/binaries.js'
import { NGINX } from './support/nginx.js'
import { nginxPresets } from './support/nginx-presets.js'
import { describePresets } from './support/describe-presets.js'

describeWith(NGINX, 'nginx in the encodings that it can produce', (path) => {
  describePresets(nginxPresets(path))
})
