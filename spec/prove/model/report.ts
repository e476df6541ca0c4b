import { type Outcome, Tally } from './tally.js'
import { type Answer, isRefusal } from './oracle.js'
import { isDeclaredTruly, isUndisturbed, type Declarations, type World } from './world.js'

/** What all simulations together have shown. */
export class Report {
  readonly byEvidence = new Tally('by evidence')
  readonly byDeclaration = new Tally('by declaration')
  readonly byEdge = new Tally('by edge')
  readonly undisturbed = new Tally('nothing lost, forged, forgotten')
  readonly declaredFalsely = new Tally('declared falsely')
  requests = 0

  add(world: World, answer: Answer, outcome: Outcome): void {
    this.requests++
    const finding = isRefusal(answer) ? undefined : answer
    const isAuthorisable = finding?.identity !== undefined && finding.problems.length === 0
    const count = { outcome, isAuthorisable }
    const declaration = describeDeclarations(world.declared)
    if (!isDeclaredTruly(world)) {
      this.declaredFalsely.add(declaration, count)
      return
    }
    this.byEvidence.add(finding?.evidence ?? '(refused)', count)
    this.byDeclaration.add(declaration, count)
    if (isUndisturbed(world)) this.undisturbed.add(declaration, count)
    this.byEdge.add(`${world.edge.pooling}, ${world.edge.protocol}`, count)
  }

  format(): string {
    const { byEvidence, byDeclaration, byEdge, undisturbed, declaredFalsely } = this
    return [byEvidence, byDeclaration, byEdge, undisturbed, declaredFalsely]
      .map((tally) => tally.format())
      .join('\n\n')
  }
}

const describeDeclarations = (declared: Declarations): string => {
  const { clientAuthHeaders, sha256OnEveryRequest, continuity, enforced } = declared
  const reasons = [
    clientAuthHeaders ? 'clientAuthHeaders' : '',
    sha256OnEveryRequest ? 'sha256OnEveryRequest' : '',
    continuity === 'default' ? '' : continuity,
  ].filter((reason) => reason !== '')
  const name = reasons.length > 1 ? 'several at once' : (reasons[0] ?? 'nothing (inference)')
  return enforced ? `${name}, enforced` : name
}
