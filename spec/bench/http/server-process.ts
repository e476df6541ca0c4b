import { once } from 'node:events'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Express } from 'express'
import { createApplication, createServer, type ServerKeys, type ServerKind } from './server-kinds.js'
import { TRIALS, type Trial } from './trials.js'
import { Turns, type Schedule } from './turns.js'

/** What the server of a trial is to do with its next requests. */
export interface Order {
  readonly trial: string
  readonly schedule: Schedule
}

const keys = JSON.parse(process.argv[2] ?? '') as ServerKeys
const turnsOf = new Map<string, Turns>()

/** All that take turns in a trial are behind one server, and have its connections in common. */
const createTrialServer = ({ name, kinds }: Trial): Server => {
  const applications = new Map<ServerKind, Express>(kinds.map((kind) => [kind, createApplication(kind)]))
  return createServer(name, keys, (req, res) => {
    const kind = turnsOf.get(name)?.next() ?? name
    applications.get(kind)?.(req, res)
  })
}

const ports = TRIALS.map(async (trial) => {
  const server = createTrialServer(trial)
  await once(server.listen(0, '127.0.0.1'), 'listening')
  return [trial.name, (server.address() as AddressInfo).port] as const
})

process.on('message', ({ trial, schedule }: Order) => {
  turnsOf.set(trial, new Turns(schedule, (works) => process.send?.(works)))
  process.send?.('ready')
})
process.send?.(Object.fromEntries(await Promise.all(ports)))
