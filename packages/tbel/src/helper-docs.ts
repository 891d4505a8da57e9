/** What the reference says of a helper function. The example is run by a test. */
export type HelperDoc = { signature: string; meaning: string; example: string; result: string }

const number: Record<string, HelperDoc> = {
  parseInt: {
    signature: 'parseInt(text[, radix])',
    meaning:
      'The Integer a text names. Without a radix: decimal when it looks decimal, else hexadecimal. Radix 2 (two’s complement), 8, 10, 16, 25…36. Blank text gives null.',
    example: "parseInt('0x0F')",
    result: '15',
  },
  parseLong: {
    signature: 'parseLong(text[, radix])',
    meaning: 'As parseInt, for a Long.',
    example: "parseLong('1700000000000')",
    result: '1700000000000L',
  },
  parseFloat: {
    signature: 'parseFloat(text[, radix])',
    meaning: 'The Float of a decimal text, or of the IEEE 754 bits a hexadecimal text holds.',
    example: "parseFloat('41BA0000')",
    result: '23.25f',
  },
  parseDouble: {
    signature: 'parseDouble(text)',
    meaning: 'The Double of a decimal text, or of the IEEE 754 bits a hexadecimal text holds.',
    example: "parseDouble('12.5')",
    result: '12.5',
  },
  parseHexIntLongToFloat: {
    signature: 'parseHexIntLongToFloat(hex, bigEndian)',
    meaning: 'The whole number a hexadecimal text holds, as a Float.',
    example: "parseHexIntLongToFloat('0x0A', true)",
    result: '10.0f',
  },
  toFixed: {
    signature: 'toFixed(number, digits)',
    meaning: 'Rounded half up to so many digits after the point.',
    example: 'toFixed(0.345, 2)',
    result: '0.35',
  },
  toInt: {
    signature: 'toInt(number)',
    meaning: 'Rounded half up to an Integer.',
    example: 'toInt(2.5)',
    result: '3',
  },
  isNaN: {
    signature: 'isNaN(number)',
    meaning: 'Whether a Double is no number.',
    example: 'isNaN(0.0 / 0)',
    result: 'true',
  },
  isBinary: {
    signature: 'isBinary(text)',
    meaning: '2 when the text has only binary digits, else -1.',
    example: "isBinary('102')",
    result: '-1',
  },
  isOctal: {
    signature: 'isOctal(text)',
    meaning: '8 when the text has only octal digits, else -1.',
    example: "isOctal('17')",
    result: '8',
  },
  isDecimal: {
    signature: 'isDecimal(text)',
    meaning: '10 when the text is a decimal number, else -1.',
    example: "isDecimal('-12.5')",
    result: '10',
  },
  isHexadecimal: {
    signature: 'isHexadecimal(text)',
    meaning: '16 when the text has only hexadecimal digits, else -1.',
    example: "isHexadecimal('0xFF')",
    result: '16',
  },
  intToHex: {
    signature: 'intToHex(int[, bigEndian[, prefix[, length]]])',
    meaning: 'Hexadecimal digits in pairs; `prefix` adds 0x, `length` keeps the last so many digits.',
    example: 'intToHex(43981, true, true)',
    result: '"0xABCD"',
  },
  longToHex: {
    signature: 'longToHex(long[, bigEndian[, prefix[, length]]])',
    meaning: 'As intToHex, for a Long.',
    example: 'longToHex(20036983L)',
    result: '"0131BD77"',
  },
  intLongToRadixString: {
    signature: 'intLongToRadixString(number[, radix[, bigEndian[, prefix]]])',
    meaning: 'The digits in a radix (10 by default); radix 2 is filled up to 8, 16, 32 or 64 digits.',
    example: 'intLongToRadixString(58, 2)',
    result: '"00111010"',
  },
  floatToHex: {
    signature: 'floatToHex(float[, bigEndian])',
    meaning: 'The IEEE 754 bits as 0x and 8 digits.',
    example: 'floatToHex(20.5)',
    result: '"0x41A40000"',
  },
  doubleToHex: {
    signature: 'doubleToHex(double[, bigEndian])',
    meaning: 'The IEEE 754 bits as 0x and 16 digits.',
    example: 'doubleToHex(20.5)',
    result: '"0x4034800000000000"',
  },
}

const kinds = [
  { type: 'Int', value: 'the Integer', hex: '0102', little: '0201', result: '258' },
  { type: 'Long', value: 'the Long', hex: '0102', little: '0201', result: '258L' },
  { type: 'Float', value: 'the Float, from its IEEE 754 bits,', hex: '41200000', little: '00002041', result: '10.0f' },
  {
    type: 'Double',
    value: 'the Double, from its IEEE 754 bits,',
    hex: '4024000000000000',
    little: '0000000000002440',
    result: '10.0',
  },
] as const
const ofKinds = Object.fromEntries(
  kinds.flatMap(({ type, value, hex, little, result }): [string, HelperDoc][] => [
    [
      `parseHexTo${type}`,
      {
        signature: `parseHexTo${type}(hex[, bigEndian])`,
        meaning: `Reads ${value} of a hexadecimal text.`,
        example: `parseHexTo${type}('${hex}')`,
        result,
      },
    ],
    [
      `parseBigEndianHexTo${type}`,
      {
        signature: `parseBigEndianHexTo${type}(hex)`,
        meaning: `Reads ${value} of a hexadecimal text, highest byte first.`,
        example: `parseBigEndianHexTo${type}('${hex}')`,
        result,
      },
    ],
    [
      `parseLittleEndianHexTo${type}`,
      {
        signature: `parseLittleEndianHexTo${type}(hex)`,
        meaning: `Reads ${value} of a hexadecimal text, lowest byte first.`,
        example: `parseLittleEndianHexTo${type}('${little}')`,
        result,
      },
    ],
    [
      `parseBytesTo${type}`,
      {
        signature: `parseBytesTo${type}(bytes[, offset[, length[, bigEndian]]])`,
        meaning: `Reads ${value} of bytes. Fewer bytes than it has are filled up with zeros.`,
        example: `parseBytesTo${type}(hexToBytes('${hex}'))`,
        result,
      },
    ],
  ]),
)

const bytes: Record<string, HelperDoc> = {
  parseBytesIntToFloat: {
    signature: 'parseBytesIntToFloat(bytes[, offset[, length[, bigEndian]]])',
    meaning: 'The unsigned whole number of up to 4 bytes, as a Float.',
    example: "parseBytesIntToFloat(hexToBytes('0A'))",
    result: '10.0f',
  },
  parseBytesLongToDouble: {
    signature: 'parseBytesLongToDouble(bytes[, offset[, length[, bigEndian]]])',
    meaning: 'The unsigned whole number of up to 8 bytes, as a Double.',
    example: "parseBytesLongToDouble(hexToBytes('0102'))",
    result: '258.0',
  },
  hexToBytes: {
    signature: 'hexToBytes(hex)',
    meaning: 'The bytes (-128…127) of a hexadecimal text, as a list.',
    example: "hexToBytes('01FF')",
    result: '[1, -1]',
  },
  hexToBytesArray: {
    signature: 'hexToBytesArray(hex)',
    meaning: 'As hexToBytes, as an array.',
    example: "hexToBytesArray('01FF')",
    result: '[1, -1]',
  },
  bytesToHex: {
    signature: 'bytesToHex(bytes)',
    meaning: 'Bytes as upper-case hexadecimal digits.',
    example: 'bytesToHex([1, -1])',
    result: '"01FF"',
  },
  base64ToHex: {
    signature: 'base64ToHex(text)',
    meaning: 'Base64 as hexadecimal digits.',
    example: "base64ToHex('AQL/')",
    result: '"0102FF"',
  },
  hexToBase64: {
    signature: 'hexToBase64(hex)',
    meaning: 'Hexadecimal digits as Base64.',
    example: "hexToBase64('0102FF')",
    result: '"AQL/"',
  },
  base64ToBytes: {
    signature: 'base64ToBytes(text)',
    meaning: 'The bytes of Base64, as an array.',
    example: "base64ToBytes('AQI=')",
    result: '[1, 2]',
  },
  base64ToBytesList: {
    signature: 'base64ToBytesList(text)',
    meaning: 'The bytes of Base64, as a list.',
    example: "base64ToBytesList('AQI=')",
    result: '[1, 2]',
  },
  bytesToBase64: {
    signature: 'bytesToBase64(bytes)',
    meaning: 'Bytes as Base64.',
    example: "bytesToBase64(hexToBytesArray('0102FF'))",
    result: '"AQL/"',
  },
  bytesToExecutionArrayList: {
    signature: 'bytesToExecutionArrayList(array)',
    meaning: 'The list of an array’s bytes.',
    example: "bytesToExecutionArrayList(base64ToBytes('AQI='))",
    result: '[1, 2]',
  },
  printUnsignedBytes: {
    signature: 'printUnsignedBytes(bytes)',
    meaning: 'Bytes as numbers 0…255.',
    example: "printUnsignedBytes(hexToBytes('01FF'))",
    result: '[1, 255]',
  },
  parseByteToBinaryArray: {
    signature: 'parseByteToBinaryArray(byte[, length[, bigEndian]])',
    meaning: 'The bits of a byte, highest first; 8 of them by default.',
    example: "parseByteToBinaryArray(hexToBytes('39')[0])",
    result: '[0, 0, 1, 1, 1, 0, 0, 1]',
  },
  parseBytesToBinaryArray: {
    signature: 'parseBytesToBinaryArray(bytes[, length])',
    meaning: 'The last bits of up to 8 bytes; all of them by default.',
    example: "parseBytesToBinaryArray(hexToBytes('39A1'), 12)",
    result: '[1, 0, 0, 1, 1, 0, 1, 0, 0, 0, 0, 1]',
  },
  parseLongToBinaryArray: {
    signature: 'parseLongToBinaryArray(long[, length])',
    meaning: 'The last bits of a Long; 64 by default.',
    example: 'parseLongToBinaryArray(57L, 8)',
    result: '[0, 0, 1, 1, 1, 0, 0, 1]',
  },
  parseBinaryArrayToInt: {
    signature: 'parseBinaryArrayToInt(bits[, offset[, length]])',
    meaning: 'The Integer of bits; 8 bits that begin with 1 are negative.',
    example: 'parseBinaryArrayToInt([1, 0, 1])',
    result: '5',
  },
}

const texts: Record<string, HelperDoc> = {
  btoa: {
    signature: 'btoa(text)',
    meaning: 'A text as Base64 of its UTF-8 bytes.',
    example: "btoa('Hi')",
    result: '"SGk="',
  },
  atob: { signature: 'atob(text)', meaning: 'The text Base64 holds.', example: "atob('SGk=')", result: '"Hi"' },
  bytesToString: {
    signature: 'bytesToString(bytes[, charset])',
    meaning: 'The text of bytes; UTF-8 by default. US-ASCII, ISO-8859-1, UTF-16BE and UTF-16LE are known too.',
    example: 'bytesToString([72, 105])',
    result: '"Hi"',
  },
  decodeToString: {
    signature: 'decodeToString(bytes)',
    meaning: 'The text of UTF-8 bytes.',
    example: 'decodeToString([72, 105])',
    result: '"Hi"',
  },
  decodeToJson: {
    signature: 'decodeToJson(bytes or text)',
    meaning: 'The value of JSON.',
    example: 'decodeToJson(\'{"a": 1.0}\')',
    result: '{"a": 1.0}',
  },
  stringToBytes: {
    signature: 'stringToBytes(text[, charset])',
    meaning: 'The bytes of a text, as a list. Anything else than a text is an error.',
    example: "stringToBytes('Hi')",
    result: '[72, 105]',
  },
  encodeURI: {
    signature: 'encodeURI(text)',
    meaning: 'A text with what a URI cannot hold escaped.',
    example: "encodeURI('a b')",
    result: '"a%20b"',
  },
  decodeURI: {
    signature: 'decodeURI(text)',
    meaning: 'A text with all escapes resolved.',
    example: "decodeURI('a%20b')",
    result: '"a b"',
  },
  padStart: {
    signature: 'padStart(text, length, sign)',
    meaning: 'Filled up before its start.',
    example: "padStart('5', 3, '0')",
    result: '"005"',
  },
  padEnd: {
    signature: 'padEnd(text, length, sign)',
    meaning: 'Filled up after its end.',
    example: "padEnd('5', 3, '0')",
    result: '"500"',
  },
  raiseError: {
    signature: 'raiseError(message[, value])',
    meaning: 'Ends the script with an error; the message goes to Failure.',
    example: "raiseError('no value')",
    result: 'error',
  },
}

const others: Record<string, HelperDoc> = {
  toFlatMap: {
    signature: 'toFlatMap(map[, excludedKeys][, pathInKey])',
    meaning: 'Nested maps and lists as one map whose keys are the paths; without `pathInKey` the last names.',
    example: 'toFlatMap({a: {b: [1, 2]}})',
    result: '{"a.b.0": 1, "a.b.1": 2}',
  },
  newSet: { signature: 'newSet()', meaning: 'An empty set.', example: 'newSet().size()', result: '0' },
  toSet: {
    signature: 'toSet(list)',
    meaning: 'The set of a list’s values, in their order.',
    example: 'toSet([2, 1, 2])',
    result: '#{2, 1}',
  },
  isMap: { signature: 'isMap(value)', meaning: 'Whether a value is a map.', example: 'isMap({a: 1})', result: 'true' },
  isList: { signature: 'isList(value)', meaning: 'Whether a value is a list.', example: 'isList([1])', result: 'true' },
  isArray: {
    signature: 'isArray(value)',
    meaning: 'Whether a value is an array; a list is none.',
    example: 'isArray([1])',
    result: 'false',
  },
  isSet: {
    signature: 'isSet(value)',
    meaning: 'Whether a value is a set.',
    example: 'isSet(newSet())',
    result: 'true',
  },
  isInsidePolygon: {
    signature: 'isInsidePolygon(latitude, longitude, polygon)',
    meaning:
      'Whether a place is within a polygon: JSON of [latitude, longitude] pairs, or of several such rings; a ring within another is a hole. The boundary is outside.',
    example: "isInsidePolygon(2, 2, '[[0,0],[0,10],[10,10],[10,0]]')",
    result: 'true',
  },
  isInsideCircle: {
    signature: 'isInsideCircle(latitude, longitude, circle)',
    meaning:
      'Whether a place is nearer to a centre than a radius: JSON with latitude, longitude, radius and radiusUnit (METER, KILOMETER, FOOT, MILE, NAUTICAL_MILE).',
    example: 'isInsideCircle(0, 1, \'{"latitude":0,"longitude":0,"radius":112,"radiusUnit":"KILOMETER"}\')',
    result: 'true',
  },
}

/** The helper functions in the groups of the reference. */
export const helperGroups: Readonly<Record<string, Readonly<Record<string, HelperDoc>>>> = {
  'Texts and bytes': texts,
  'Numbers as texts': number,
  'Numbers of hexadecimal texts and bytes': ofKinds,
  'Bytes and bits': bytes,
  'Collections and places': others,
}
