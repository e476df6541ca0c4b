import { describeWith } from './support/binaries.js'
import { APACHE, apachePresets } from './support/apache-presets.js'
import { describePresetHandshakes, describePresets } from './support/describe-presets.js'

describeWith(APACHE, 'Apache in the encodings that it can produce', (path) => {
  const presets = apachePresets(path)
  describePresets(presets)
  describePresetHandshakes(presets)
})
