import { createRandom } from '../../support/random.js'
import { answer } from '../child.js'
import { CASES } from './cases.js'
import { timeCase } from './time-case.js'

const [name = '', rounds, seed] = process.argv.slice(2)
const create = CASES[name]
if (create === undefined) throw new Error(`There is no case '${name}'.`)
answer(timeCase(create(), Number(rounds), createRandom(Number(seed))))
