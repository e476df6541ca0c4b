export const IPV4 = ['173.245.48.0/20', '192.0.2.0/24']
export const IPV6 = ['2400:cb00::/32', '2001:db8::/32']

/** What `GET https://api.cloudflare.com/client/v4/ips` answers. */
export const ANSWER = {
  result: { ipv4_cidrs: IPV4, ipv6_cidrs: IPV6, etag: '38f79d050aa027e3be3865e495dcc9bc' },
  success: true,
  errors: [],
  messages: [],
}
