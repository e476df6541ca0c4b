// Preloaded into the demo with `node --import`: puts the naive origin in the place of its own.
import { register } from 'node:module'

const naive = new URL('naive-origin.js', import.meta.url).href
const hooks = `export const resolve = (specifier, context, next) =>
  next(specifier === './origin.js' ? ${JSON.stringify(naive)} : specifier, context)`

register(`data:text/javascript,${encodeURIComponent(hooks)}`)
