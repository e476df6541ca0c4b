/** A client connection as seen by one host. */
export interface ConnectionKey {
  readonly id: string
  readonly host: string
}

/** An id has no space, so no two pairs make the same text. */
export const formatKey = ({ id, host }: ConnectionKey): string => `${id} ${host}`
