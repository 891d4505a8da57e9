import type { Boxed, Runtime, Table } from './types.ts'

/** Bytes, texts, hexadecimal and Base64. */
export const installTextBytes = ($: Runtime): void => {
  const utf8 = (text: string): number[] => {
    const bytes: number[] = []
    for (const sign of text) {
      const code = sign.codePointAt(0) ?? 0
      if (code < 0x80) bytes.push(code)
      else if (code < 0x800) bytes.push(0xc0 | (code >> 6), 0x80 | (code & 63))
      else if (code >= 0xd800 && code <= 0xdfff) bytes.push(63)
      else if (code < 0x10000) bytes.push(0xe0 | (code >> 12), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63))
      else bytes.push(0xf0 | (code >> 18), 0x80 | ((code >> 12) & 63), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63))
    }
    return bytes
  }
  /** How many bytes follow this one. */
  const following = (first: number): number => {
    if (first < 0xc2 || first > 0xf4) return 0
    return first < 0xe0 ? 1 : first < 0xf0 ? 2 : 3
  }
  /** Whether it goes on with this byte, which is the first that follows when nothing has been read yet. */
  const goesOn = (first: number, byte: number, isNext: boolean): boolean => {
    if (isNext && first === 0xe0) return byte >= 0xa0 && byte < 0xc0
    if (isNext && first === 0xf0) return byte >= 0x90 && byte < 0xc0
    return byte >= 0x80 && byte < (isNext && first === 0xf4 ? 0x90 : 0xc0)
  }
  /** The text of bytes 0…255; what is no UTF-8 becomes the replacement character. */
  const fromUtf8 = (bytes: number[]): string => {
    let text = ''
    let codes: number[] = []
    for (let at = 0; at < bytes.length; ) {
      const first = bytes[at++] ?? 0
      const count = following(first)
      let code = first < 0x80 ? first : count === 0 ? 0xfffd : first & (0x3f >> count)
      for (let left = count; left > 0; left--) {
        const byte = bytes[at] ?? 0
        if (!goesOn(first, byte, left === count)) {
          code = 0xfffd
          break
        }
        code = (code << 6) | (byte & 63)
        at++
      }
      if (code > 0xffff) codes.push(0xd7c0 + (code >> 10), 0xdc00 | (code & 0x3ff))
      else codes.push(code >= 0xd800 && code <= 0xdfff ? 0xfffd : code)
      // A call takes only so many parameters.
      if (codes.length < 4_000) continue
      text += String.fromCharCode(...codes)
      codes = []
    }
    return text + String.fromCharCode(...codes)
  }
  const singleByte: Record<string, number> = { 'ISO-8859-1': 256, LATIN1: 256, 'US-ASCII': 128, ASCII: 128 }
  const encode = (text: string, charset: string): number[] => {
    const limit = singleByte[charset.toUpperCase()]
    if (limit !== undefined) return [...text].map((sign) => (sign.charCodeAt(0) < limit ? sign.charCodeAt(0) : 63))
    if (/^UTF-?8$/i.test(charset)) return utf8(text)
    const order = /^UTF-?16(BE|LE)$/i.exec(charset)?.[1]?.toUpperCase()
    if (order === undefined) return $.fail(`the charset ${charset} is not supported`)
    return text.split('').flatMap((sign) => {
      const pair = [sign.charCodeAt(0) >> 8, sign.charCodeAt(0) & 255]
      return order === 'BE' ? pair : pair.reverse()
    })
  }
  const decode = (bytes: number[], charset: string): string => {
    if (/^UTF-?8$/i.test(charset)) return fromUtf8(bytes)
    const limit = singleByte[charset.toUpperCase()]
    if (limit !== undefined) return bytes.map((byte) => (byte < limit ? String.fromCharCode(byte) : '\ufffd')).join('')
    const order = /^UTF-?16(BE|LE)$/i.exec(charset)?.[1]?.toUpperCase()
    if (order === undefined) return $.fail(`the charset ${charset} is not supported`)
    let text = ''
    for (let index = 0; index + 1 < bytes.length; index += 2) {
      const [first = 0, second = 0] = [bytes[index], bytes[index + 1]]
      text += String.fromCharCode(order === 'BE' ? first * 256 + second : second * 256 + first)
    }
    return text
  }
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
  const toBase64 = (bytes: number[]): string => {
    let text = ''
    for (let index = 0; index < bytes.length; index += 3) {
      const bits = ((bytes[index] ?? 0) << 16) | ((bytes[index + 1] ?? 0) << 8) | (bytes[index + 2] ?? 0)
      for (let place = 0; place < 4; place++)
        text += index + place > bytes.length ? '=' : alphabet[(bits >> (18 - 6 * place)) & 63]
    }
    return text
  }
  const fromBase64 = (text: string): number[] => {
    if (!/^[A-Za-z0-9+/]*={0,2}$/.test(text) || text.replace(/=/g, '').length % 4 === 1)
      return $.fail('the text is not Base64')
    const bytes: number[] = []
    let bits = 0
    let count = 0
    for (const sign of text.replace(/=/g, '')) {
      bits = ((bits << 6) | alphabet.indexOf(sign)) & 0xffff
      count += 6
      if (count >= 8) {
        count -= 8
        bytes.push((bits >> count) & 255)
      }
    }
    return bytes
  }
  const byteOf = (value: unknown): number => {
    const number = typeof value === 'string' ? $.int($.helpers.parseInt?.(value)) : $.int(value)
    return number > 255 || number < -128 ? $.fail(`${number} does not fit a byte (-128…255)`) : number & 255
  }
  /** The bytes, 0…255, of a list or an array. */
  $.bytesOf = (value: unknown): number[] => (value instanceof $.JavaArray ? value.items : $.list(value)).map(byteOf)
  /** The same for numbers of which only the low 8 bits count. */
  $.lowBytesOf = (value: unknown): number[] =>
    (value instanceof $.JavaArray ? value.items : $.list(value)).map((item) =>
      typeof item === 'bigint' ? Number(BigInt.asUintN(8, item)) : $.int(item) & 255,
    )
  $.toBytes = (bytes: number[]): Boxed[] => bytes.map($.byte)
  const bytesOf = $.bytesOf as (value: unknown) => number[]
  const lowBytesOf = $.lowBytesOf as (value: unknown) => number[]
  const toBytes = $.toBytes as (bytes: number[]) => Boxed[]
  const hexBytes = (value: unknown): number[] => {
    const hex = $.string(value).trim().replace(/0x/gi, '')
    if (hex === '') return $.fail('the hexadecimal text is empty')
    if (hex.length % 2 > 0) return $.fail('a hexadecimal text has an even length')
    if (!/^[0-9a-fA-F]+$/.test(hex)) return $.fail(`${$.string(value)} is no hexadecimal text`)
    return (hex.match(/../g) ?? []).map((pair) => Number.parseInt(pair, 16))
  }
  const toHex = (bytes: number[]) =>
    bytes
      .map((byte) => byte.toString(16).padStart(2, '0'))
      .join('')
      .toUpperCase()
  const array = (bytes: number[]) => new $.JavaArray('byte', toBytes(bytes))
  const toText = (bytes: unknown, charset: unknown = 'UTF-8') => decode(bytesOf(bytes), $.string(charset))
  const isCollection = (value: unknown) => Array.isArray(value) || value instanceof $.JavaArray || value instanceof Set
  const helpers: Table = {
    btoa: (text) => toBase64(utf8($.string(text))),
    atob: (text) => fromUtf8(fromBase64($.string(text))),
    bytesToString: toText,
    decodeToString: (bytes) => toText(bytes),
    decodeToJson: (value) => ($.isNull(value) ? null : $.fromJson(isCollection(value) ? toText(value) : $.text(value))),
    stringToBytes: (text, charset = 'UTF-8') =>
      typeof text === 'string'
        ? toBytes(encode(text, $.string(charset)))
        : $.fail(`stringToBytes needs a text, not ${$.typeName(text)}`),
    hexToBytes: (text) => toBytes(hexBytes(text)),
    hexToBytesArray: (text) => array(hexBytes(text)),
    bytesToHex: (bytes) => toHex(lowBytesOf(bytes)),
    base64ToHex: (text) => toHex(fromBase64($.string(text))),
    hexToBase64: (text) => toBase64(hexBytes(text)),
    base64ToBytes: (text) => array(fromBase64($.string(text))),
    base64ToBytesList: (text) => toBytes(fromBase64($.string(text))),
    bytesToBase64: (bytes) => toBase64(lowBytesOf(bytes)),
    bytesToExecutionArrayList: (bytes) => toBytes(lowBytesOf(bytes)),
    printUnsignedBytes: (bytes) => bytesOf(bytes),
  }
  $.helpers = Object.assign(Object.create(null), helpers)
}

/** Numbers read from bytes, and bits. */
export const installNumberBytes = ($: Runtime): void => {
  const bytesOf = $.lowBytesOf as (value: unknown) => number[]
  /** A flag that is true unless it is given as something else. */
  const isSet = (flag: unknown): boolean => $.isNull(flag) || $.boolean(flag)
  const part = (
    value: unknown,
    offsetValue: unknown,
    lengthValue: unknown,
    bigEndian: unknown,
    most: number,
  ): number[] => {
    const bytes = bytesOf(value)
    const offset = $.int(offsetValue)
    const length = lengthValue === undefined ? Math.min(Math.max(bytes.length - offset, 0), most) : $.int(lengthValue)
    if (offset < 0 || offset > bytes.length)
      return $.fail(`Offset: ${offset} is out of bounds for array with length: ${bytes.length}!`)
    if (length < 0 || offset + length > bytes.length) {
      return $.fail(`Offset: ${offset} and Length: ${length} is out of bounds for array with length: ${bytes.length}!`)
    }
    if (length > most) return $.fail(`Length: ${length} is too large. Maximum ${most} bytes is allowed!`)
    const taken = bytes.slice(offset, offset + length)
    return isSet(bigEndian) ? taken : taken.reverse()
  }
  const unsigned = (bytes: number[]) => bytes.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n)
  const view = new DataView(new ArrayBuffer(8))
  const real = (bytes: number[], size: 4 | 8): number => {
    view.setBigUint64(0, unsigned(bytes) << (size === 4 ? 32n : 0n))
    const value = size === 4 ? view.getFloat32(0) : view.getFloat64(0)
    return Number.isNaN(value) ? $.fail('the bytes are a Not-a-Number (NaN) value') : value
  }
  const bits = (value: bigint, length: number) =>
    new $.JavaArray(
      'byte',
      Array.from({ length }, (_, index) => $.byte(Number((value >> BigInt(length - 1 - index)) & 1n))),
    )
  const size = (value: unknown) => Math.max(0, Math.min($.int(value), 64))
  const long = (value: unknown): bigint => (typeof value === 'bigint' ? value : $.saturatedLong($.numberOf(value)))
  const bitsToInt = (list: unknown, from: unknown, count: unknown) => {
    const values = bytesOf(list)
    const offset = $.int(from)
    const end = Math.min(offset + (count === undefined ? values.length : $.int(count)), values.length)
    let result = 0
    for (let index = offset; index < end; index++) result = (result << 1) | ((values[index] ?? 0) & 1)
    return values.length === 8 && offset === 0 && values[0] === 1 ? result - (1 << end) : result
  }
  const helpers: Table = {
    parseBytesToInt: (list, from = 0, length, isBig) =>
      Number(BigInt.asIntN(32, unsigned(part(list, from, length, isBig, 4)))),
    parseBytesToLong: (list, from = 0, length, isBig) => $.long(unsigned(part(list, from, length, isBig, 8))),
    parseBytesToFloat: (list, from = 0, length, isBig) => $.float(real(part(list, from, length, isBig, 4), 4)),
    parseBytesToDouble: (list, from = 0, length, isBig) => $.double(real(part(list, from, length, isBig, 8), 8)),
    parseBytesIntToFloat: (list, from = 0, length, isBig) =>
      $.float(Number(unsigned(part(list, from, length, isBig, 4)))),
    parseBytesLongToDouble: (list, from = 0, length, isBig) =>
      $.double(Number(unsigned(part(list, from, length, isBig, 8)))),
    parseByteToBinaryArray: (byte, length = 8, isBig) => {
      const result = bits(BigInt(($.int(byte) << 24) >> 24), size(length))
      if (!isSet(isBig)) result.items.reverse()
      return result
    },
    parseBytesToBinaryArray: (list, length) => {
      const bytes = bytesOf(list)
      return bits($.long(unsigned(part(list, 0, bytes.length, true, 8))), size(length ?? bytes.length * 8))
    },
    parseLongToBinaryArray: (value, length = 64) => bits(long(value), size(length)),
    parseBinaryArrayToInt: (list, from = 0, length) => bitsToInt(list, from, length),
  }
  Object.assign($.helpers, helpers)
}
