import { parser } from '@prometheus-io/lezer-promql'
import type { SyntaxNode } from '@lezer/common'

/** A metric that a query asks for, with what it wants of its labels. */
export interface Selector {
  readonly metric: string
  readonly matchers: readonly Matcher[]
}

export interface Matcher {
  readonly label: string
  readonly operator: string
  readonly value: string
}

/** What a PromQL query asks for. Throws a `SyntaxError` for what is no query. */
export interface Query {
  readonly selectors: readonly Selector[]
  /** The labels that it groups by. */
  readonly groupings: readonly string[]
}

export const parseQuery = (text: string): Query => {
  const nodes: SyntaxNode[] = []
  parser.parse(text).iterate({
    enter: ({ node, type }) => {
      if (type.isError) throw new SyntaxError(`${text}: error at ${node.from}`)
      nodes.push(node)
    },
  })
  const textOf = ({ from, to }: SyntaxNode): string => text.slice(from, to)
  const toMatcher = (node: SyntaxNode): Matcher => {
    const [label, operator, value] = childrenOf(node).map(textOf)
    return { label: String(label), operator: String(operator), value: JSON.parse(String(value)) as string }
  }
  const toSelector = (node: SyntaxNode): Selector => ({
    metric: node.getChildren('Identifier').map(textOf).join(),
    matchers: node.getChildren('LabelMatchers').flatMap(childrenOf).map(toMatcher),
  })
  return {
    selectors: nodes.filter(({ name }) => name === 'VectorSelector').map(toSelector),
    groupings: nodes
      .filter(({ name }) => name === 'GroupingLabels')
      .flatMap(childrenOf)
      .map(textOf),
  }
}

const childrenOf = (node: SyntaxNode): SyntaxNode[] => {
  const children: SyntaxNode[] = []
  for (let child = node.firstChild; child !== null; child = child.nextSibling) children.push(child)
  return children
}
