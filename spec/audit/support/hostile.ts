import {
  createCertificateAuthority,
  type CertificateRequest,
  type MintedCertificate,
} from 'mtls-identity/testing'

const authority = createCertificateAuthority()

const named = (commonName: string): CertificateRequest => ({ subject: { commonName } })
const alsoNamed = (value: string): CertificateRequest => ({
  subject: { commonName: 'client' },
  subjectAltName: [
    { type: 'dNSName', value },
    { type: 'uniformResourceIdentifier', value },
    { type: 'rfc822Name', value },
    { type: 'otherName', typeId: '1.3.6.1.4.1.311.20.2.3', value },
  ],
})

/** What somebody may have put in a certificate to make a log say something else. */
const REQUESTS: Readonly<Record<string, CertificateRequest>> = {
  'CR and LF': named('mallory\r\n{"client":{"subject":"CN=admin"}}'),
  'LF and a whole record': named('mallory"}}\n{"evidence":"certificate","problems":[],"client":{}}\n'),
  NUL: named('admin\0.mallory.example'),
  'ESC, to colour and to erase': named('\x1b[2K\x1b[1A\x1b[31madmin\x1b]0;title\x07'),
  'C1 controls': named('a\u009b31m\u0085b\u008d'),
  DEL: named('mallory\x7f\x7f\x7fadmin'),
  'U+202E': named('\u202enimda\u202c'),
  'isolates and marks of direction': named('\u2066a\u2069\u200f\u061cb'),
  'U+2028 and U+2029': named('a\u2028b\u2029c'),
  'zero width': named('ad\u200b\ufeff\u2060min\u3164'),
  'quotes and braces of JSON': named('","evidence":"certificate"},{"a":"\\"'),
  'percent escapes': named('a%0a%0d%00%1b[31m'),
  'escapes of JSON': named('a\\u000a\\n\\u202e'),
  'separators of names': named('a,CN=admin+OU=x;O=y=z'),
  homoglyphs: named('аdmin'),
  'tokens of morgan': named('a" 200 - - :status - "b'),
  'formats of printf': named('%s %d %o %j %c color:red'),
  '64 KB': named(`admin${'A'.repeat(65_536)}`),
  'controls in alternative names': alsoNamed('a\r\n\x1b[31m\0"\\ \x9b'),
  'a thousand alternative names': {
    subject: { commonName: 'client' },
    subjectAltName: Array.from({ length: 1_000 }, (_, index) => ({
      type: 'dNSName' as const,
      value: `host-${index}.example`,
    })),
  },
  'UTF-8 that is none': {
    subject: [[{ type: 'commonName', value: Uint8Array.of(0x0c, 4, 0x61, 0xc3, 0x28, 0x0a) }]],
  },
  'the same name and serial number as another': { ...named('admin'), serialNumber: '01' },
}

/** A certificate for each, and its name. */
export const HOSTILE: readonly (readonly [what: string, certificate: MintedCertificate])[] = Object.entries(
  REQUESTS,
).map(([what, request]) => [what, authority.issue(request)])

/** Text that a terminal or a reader of lines could take for anything but characters that one can see. */
const UNSAFE = /[\p{Cc}\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\ud800-\udfff]/u

export const isUnsafe = (text: string): boolean => UNSAFE.test(text)
