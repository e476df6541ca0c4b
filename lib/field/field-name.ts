/** `token` of RFC 9110 section 5.6.2, which every field name is. */
const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/

/** Fields of HTTP itself, whose repetitions Node drops or joins in ways of their own. */
const HTTP_FIELDS = new Set(
  (
    'age authorization connection content-length content-type cookie etag expires from host ' +
    'if-modified-since if-unmodified-since last-modified location max-forwards proxy-authorization ' +
    'referer retry-after server set-cookie transfer-encoding user-agent __proto__'
  ).split(' '),
)

/** The same text, as V8 keeps the names of properties: it finds a property by no other text as soon. */
const internalized = (name: string): string => String(Object.keys({ [name]: true })[0])

/**
 * The lower-case form of a field name that an option gives. Anything that is not an RFC 9110 field name,
 * or is a field of HTTP itself, is a `TypeError` that names the option.
 */
export const resolveFieldName = (name: unknown, option: string): string => {
  if (typeof name !== 'string' || !TOKEN.test(name)) {
    throw new TypeError(`${option} must be the name of a header field, such as 'X-Connection-Id'`)
  }
  const lowerCase = name.toLowerCase()
  if (HTTP_FIELDS.has(lowerCase)) {
    throw new TypeError(`${option} must be a field that only the edge sets, not '${lowerCase}'`)
  }
  return internalized(lowerCase)
}
