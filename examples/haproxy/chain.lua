-- Client-Cert-Chain of RFC 9440: what a client has sent with its certificate, each as a byte sequence. HAProxy has
-- it as one certificate's DER behind the other's.

-- How many bytes the DER value has that begins there: X.690 sections 8.1.2 and 8.1.3, of a tag of one byte.
local function length_at(bytes, start)
  local first = bytes:byte(start + 1)
  if first < 0x80 then return 2 + first end
  local octets = first - 0x80
  local length = 0
  for index = start + 2, start + 1 + octets do length = length * 256 + bytes:byte(index) end
  return 2 + octets + length
end

core.register_fetches('client_cert_chain', function(txn)
  local chain = txn.f:ssl_c_chain_der() or ''
  local items = {}
  local start = 1
  while start <= #chain do
    local length = length_at(chain, start)
    table.insert(items, ':' .. txn.c:base64(chain:sub(start, start + length - 1)) .. ':')
    start = start + length
  end
  return table.concat(items, ', ')
end)
