/**
 * What OCSF 1.7.0 says of the attributes that are used here, from the repository ocsf/ocsf-schema at the commit
 * "v1.7.0 Release Prep": `events/iam/authentication.json`, `events/base_event.json`, `objects/*.json` and
 * `dictionary.json`. An attribute that is not here is refused, `!` stands for required, `[]` for an array.
 */
const CLASSES = {
  base_event: {
    activity_id: 'integer!',
    activity_name: 'string',
    category_uid: 'integer!',
    class_uid: 'integer!',
    count: 'integer',
    metadata: 'metadata!',
    severity_id: 'integer!',
    time: 'timestamp!',
    type_uid: 'integer!',
  },
  authentication: {
    activity_id: 'integer!',
    activity_name: 'string',
    auth_protocol: 'string',
    auth_protocol_id: 'integer',
    category_uid: 'integer!',
    certificate: 'certificate',
    class_uid: 'integer!',
    http_request: 'http_request',
    http_response: 'http_response',
    is_remote: 'boolean',
    metadata: 'metadata!',
    service: 'service!',
    severity_id: 'integer!',
    src_endpoint: 'endpoint',
    status: 'string',
    status_detail: 'string',
    status_id: 'integer',
    time: 'timestamp!',
    type_uid: 'integer!',
    unmapped: 'object',
    user: 'user!',
  },
  certificate: {
    created_time: 'timestamp',
    expiration_time: 'timestamp',
    fingerprints: 'fingerprint[]',
    issuer: 'string!',
    sans: 'san[]',
    serial_number: 'string!',
    subject: 'string',
  },
  endpoint: { ip: 'ip', name: 'string' },
  fingerprint: { algorithm: 'string', algorithm_id: 'integer!', value: 'file_hash!' },
  http_request: { http_method: 'string', uid: 'string', url: 'url' },
  http_response: { code: 'integer!', latency: 'integer' },
  metadata: { product: 'product!', version: 'string!' },
  product: { name: 'string!' },
  san: { name: 'string!', type: 'string!' },
  service: { name: 'string!' },
  url: { url_string: 'string!' },
  user: { name: 'string!', type_id: 'integer', uid: 'string' },
} as const satisfies Readonly<Record<string, Readonly<Record<string, string>>>>

type ClassName = keyof typeof CLASSES

/** The regular expression of the dictionary's `ip_t`, but for what it takes besides. */
const IP = /^[\d.]{7,15}$|^[\da-fA-F:.]{2,40}$/

const FITS: Readonly<Record<string, (value: unknown) => boolean>> = {
  string: (value) => typeof value === 'string',
  boolean: (value) => typeof value === 'boolean',
  integer: Number.isSafeInteger,
  timestamp: Number.isSafeInteger,
  object: (value) => typeof value === 'object' && value !== null,
  ip: (value) => IP.test(String(value)),
  file_hash: (value) => /^[a-fA-F0-9]+$/.test(String(value)),
}

const valueViolations = (path: string, value: unknown, type: string): string[] => {
  const [, name = '', list] = /^(\w+)(\[\])?!?$/.exec(type) ?? []
  if (list !== undefined) {
    if (!Array.isArray(value)) return [`${path} is no array`]
    return value.flatMap((element: unknown) => valueViolations(path, element, name))
  }
  if (name in CLASSES) return ocsfViolations(value as object, name as ClassName, path)
  return FITS[name]?.(value) === true ? [] : [`${path} is no ${name}`]
}

/** What OCSF has against an object of this class. */
export const ocsfViolations = (record: object, className: ClassName, path: string = className): string[] => {
  const attributes: Readonly<Record<string, string>> = CLASSES[className]
  const missing = Object.keys(attributes).filter(
    (name) => attributes[name]?.endsWith('!') && !(name in record),
  )
  return [
    ...missing.map((name) => `${path}.${name} is required`),
    ...Object.entries(record).flatMap(([name, value]) => {
      const type = attributes[name]
      return type === undefined ? [`${path} has no ${name}`] : valueViolations(`${path}.${name}`, value, type)
    }),
  ]
}
