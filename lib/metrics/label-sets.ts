/** The values that each label of an instrument can have: a closed list, in which nothing is a client's. */
export type LabelValues = Readonly<Record<string, readonly string[]>>

/** A value for every label. */
export type LabelSet = Readonly<Record<string, string>>

/** Every label set that these values make. */
export const labelSetsOf = (labels: LabelValues): readonly LabelSet[] =>
  Object.entries(labels).reduce<readonly LabelSet[]>(
    (sets, [label, values]) => sets.flatMap((set) => values.map((value) => ({ ...set, [label]: value }))),
    [{}],
  )
