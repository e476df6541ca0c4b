import { BalancedStage, PROCESSES, type Mode } from './support/balanced-stage.js'
import type { Answer, Caller, Verdict } from './support/caller.js'
import { OwnTime } from './support/own-time.js'
import { describeWithRedis } from './support/redis-server.js'
import { until } from './support/until.js'

// A machine that is busy with other specs.
jest.setTimeout(60_000)

/** No answer waits for longer, on a machine however busy. */
const MAX_ANSWER_MS = 5_000
const BACK_WITHIN_MS = 1_000
/** Clients whose first requests come at the same time. */
const RACING = 4

const times = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index))

const inTurns = async (callers: readonly Caller[], rounds: number): Promise<Answer[]> => {
  const answers: Answer[] = []
  for (const round of times(rounds, () => callers))
    for (const caller of round) answers.push(await caller.call())
  return answers
}

const atOnce = (callers: readonly Caller[], requests: number): Promise<Answer[]> =>
  Promise.all(callers.flatMap((caller) => times(requests, () => caller.call())))

/** How many answers there are of each verdict. */
const tally = (answers: readonly Answer[]): Partial<Record<Verdict, number>> => {
  const counts: Partial<Record<Verdict, number>> = {}
  for (const { verdict } of answers) counts[verdict] = (counts[verdict] ?? 0) + 1
  return counts
}

/** What the guards of the four processes answer, in order of size. */
const guards = async (caller: Caller): Promise<number[]> => {
  const answers = await Promise.all(PROCESSES.map(() => caller.call('/guarded')))
  expect(answers.map(({ process }) => process).sort()).toEqual(PROCESSES)
  for (const { ms } of answers) expect(ms).toBeLessThan(MAX_ANSWER_MS)
  return answers.map(({ status }) => status).sort()
}

/** Of one client after the other, so that an answer takes no longer than it must. */
const guardsOfAll = async (callers: readonly Caller[]): Promise<number[][]> => {
  const statuses: number[][] = []
  for (const caller of callers) statuses.push(await guards(caller))
  return statuses
}

/** How long it takes until requests are sent about which every process is right. */
const untilRight = async (caller: Caller): Promise<number> => {
  const stopwatch = new OwnTime()
  const backMs = await until(async () => {
    const sentMs = stopwatch.ms
    const counts = tally(await atOnce([caller], PROCESSES.length))
    expect(Object.keys(counts)).toEqual(expect.not.arrayContaining(['wrong', 'unknown']))
    return counts.unavailable === undefined ? sentMs : undefined
  })
  stopwatch.stop()
  return backMs
}

describeWithRedis.each<[mode: Mode]>([['thumbprint'], ['connection']])(
  'four origin processes that know clients by %s and share a Redis',
  (mode) => {
    let stage: BalancedStage
    /** Known to every process. */
    let clients: Caller[]
    let anonymous: Caller[]
    /** Seen by one process only. */
    let late: Caller[]

    beforeAll(async () => {
      stage = await BalancedStage.open(mode)
      clients = times(24, () => stage.connect())
      anonymous = times(6, () => stage.connect({ isAnonymous: true }))
      // Each process has answered somebody before it is asked for something in time.
      await atOnce([stage.connect({ isAnonymous: true })], 8)
    })

    afterAll(() => stage.close())

    it('are right about every request, though one of them has seen the certificate', async () => {
      const all = [...clients, ...anonymous]
      const first = await inTurns(clients, 1)
      await stage.untilKnown(clients.length)
      const later = [
        ...(await atOnce(anonymous, 1)),
        ...(await atOnce(all, 4)),
        ...(await inTurns(all, 10)),
        ...(await atOnce(all, 5)),
      ]
      expect(tally([...first, ...later])).toEqual({ right: 600 })
    })

    it('are right about the first requests of a client, though they come at the same time', async () => {
      const racing = times(RACING, () => stage.connect({ isHttp2: true }))
      expect(tally(await atOnce(racing, 4))).toEqual({ right: 16 })
    })

    describe('when Redis is killed', () => {
      let newcomers: Caller[]

      beforeAll(async () => {
        late = times(4, () => stage.connect({ isHttp2: true }))
        await inTurns(late, 1)
        await stage.untilKnown(clients.length + RACING + late.length)
        newcomers = times(4, () => stage.connect())
      })

      it('go on answering, and never wrongly', async () => {
        const calling = Promise.all([inTurns(clients, 10), atOnce(anonymous, 10), atOnce(newcomers, 4)])
        await stage.redis.stop('SIGKILL')
        const answers = (await calling).flat()
        expect(Object.keys(tally(answers)).sort()).toEqual(['right', 'unavailable'])
        for (const { ms } of answers) expect(ms).toBeLessThan(MAX_ANSWER_MS)
      })

      it('let in whom a process knows', async () => {
        for (const statuses of await guardsOfAll(clients)) expect(statuses).toEqual([200, 200, 200, 200])
      })

      it('answer 503 where Redis would have to be asked', async () => {
        for (const statuses of await guardsOfAll(late)) expect(statuses).toEqual([200, 503, 503, 503])
        const unasked = mode === 'thumbprint' ? 403 : 503
        for (const statuses of await guardsOfAll(anonymous)) expect(statuses).toEqual(times(4, () => unasked))
      })

      it('still live', async () => {
        for (const child of stage.processes) expect(await child.ask('Do you live?')).toBe('alive')
      })

      it('are right again within a second of its return', async () => {
        await stage.redis.start()
        const [firstToAsk, ...others] = late as [Caller, ...Caller[]]
        expect(await untilRight(firstToAsk)).toBeLessThan(BACK_WITHIN_MS)
        const all = [...clients, ...anonymous, ...others, ...times(8, () => stage.connect())]
        expect(tally(await inTurns(all, 4))).toEqual({ right: 164 })
      })

      it('take nobody who came meanwhile for somebody else', async () => {
        const answers = await atOnce(newcomers, 4)
        expect(tally(answers)).not.toHaveProperty('wrong')
        expect(tally(answers)).not.toHaveProperty('unavailable')
      })
    })
  },
)
