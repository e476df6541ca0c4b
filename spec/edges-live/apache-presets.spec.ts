import { describeWith } from './support/binaries.js'
import { APACHE, apachePresets } from './support/apache-presets.js'
import { describePresets } from './support/describe-presets.js'

describeWith(APACHE, 'Apache in the encodings that it can produce', (path) => {
  describePresets(apachePresets(path))
})
