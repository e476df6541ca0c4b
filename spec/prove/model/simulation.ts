import { Stage, type StageOptions } from './stage.js'
import type { Step } from './steps.js'

/** Plays these steps. Throws a `Violation` if something happens that must never. */
export const simulate = async (options: StageOptions, steps: readonly Step[]): Promise<void> => {
  const stage = new Stage(options)
  for (const step of steps) {
    options.tell(() => `> ${JSON.stringify(step)}`)
    await perform(stage, step)
    await stage.settle()
  }
  await stage.end()
}

const perform = async (stage: Stage, step: Step): Promise<void> => {
  switch (step.do) {
    case 'ask':
      await stage.ask(step)
      break
    case 'arrive':
      await stage.arrive(step)
      break
    case 'lose':
      stage.lose(step)
      break
    case 'retry':
      stage.retry(step)
      break
    case 'connect':
      stage.connect(step)
      break
    case 'reconnect':
      stage.reconnect(step)
      break
    case 'close the origin connection':
      stage.closeOriginConnection(step)
      break
    case 'renew':
      stage.renew(step)
      break
    case 'revoke':
      stage.revoke(step)
      break
    case 'go past the edge':
      stage.goPastTheEdge(step)
      break
    case 'wait':
      stage.wait(step)
      break
    case 'set the wall clock off':
      stage.setWallClockOff(step)
  }
}
