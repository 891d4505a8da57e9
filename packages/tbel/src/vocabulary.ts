/** The classes whose static members scripts may use; those of java.util only with their package. */
export const classNames: ReadonlySet<string> = new Set([
  ...['Math', 'StrictMath', 'Integer', 'Long', 'Double', 'Float', 'Byte', 'Boolean', 'Character', 'String'],
  ...['JSON', 'Date', 'Arrays'],
])

/** The functions every script has. */
export const helperNames: ReadonlySet<string> = new Set([
  ...['btoa', 'atob', 'bytesToString', 'decodeToString', 'decodeToJson', 'stringToBytes', 'parseInt', 'parseLong'],
  ...['parseFloat', 'parseDouble', 'parseHexIntLongToFloat', 'toFixed', 'toInt', 'isNaN', 'isBinary', 'isOctal'],
  ...['Int', 'Long', 'Float', 'Double'].flatMap((type) => [
    ...[`parseLittleEndianHexTo${type}`, `parseBigEndianHexTo${type}`, `parseHexTo${type}`, `parseBytesTo${type}`],
  ]),
  ...['parseBytesIntToFloat', 'parseBytesLongToDouble', 'isDecimal', 'isHexadecimal', 'intToHex', 'longToHex'],
  ...[
    'intLongToRadixString',
    'floatToHex',
    'doubleToHex',
    'hexToBytes',
    'hexToBytesArray',
    'bytesToHex',
    'base64ToHex',
  ],
  ...['hexToBase64', 'base64ToBytes', 'base64ToBytesList', 'bytesToBase64', 'bytesToExecutionArrayList'],
  ...['printUnsignedBytes', 'toFlatMap', 'encodeURI', 'decodeURI', 'raiseError', 'padStart', 'padEnd'],
  ...['parseByteToBinaryArray', 'parseBytesToBinaryArray', 'parseLongToBinaryArray', 'parseBinaryArrayToInt'],
  ...['newSet', 'toSet', 'isMap', 'isList', 'isArray', 'isSet', 'isInsidePolygon', 'isInsideCircle'],
])
