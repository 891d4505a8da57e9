import { changed, type Random } from '../fuzz.ts'
import { type CoapParts, optionBytes, writeCoap } from './message.ts'

const strangeNumbers = [
  0, 1, 2, 3, 5, 6, 7, 8, 9, 11, 12, 14, 15, 16, 17, 19, 20, 21, 23, 27, 28, 31, 35, 39, 60, 258, 292,
]

const strangeOption = (random: Random) => ({
  number: random(4) === 0 ? random(66_000) : (strangeNumbers[random(strangeNumbers.length)] ?? 0),
  value: Buffer.alloc(random(10) === 0 ? 250 + random(30) : random(6), random(256)),
})

/** A request with one change that CoAP's grammar knows of, or one of its bytes; its message id stays. */
export const spoiltCoap = (parts: CoapParts, random: Random): Buffer => {
  const options = [...parts.options]
  const at = random(Math.max(1, options.length))
  const option = options[at]
  const bytes = writeCoap(parts)
  switch (random(14)) {
    case 0:
      return withFirst(bytes, (first) => (first & 0xf0) | random(16))
    case 1:
      return withFirst(bytes, (first) => first ^ (1 << (4 + random(4))))
    case 2:
      bytes[1] = random(256)
      return bytes
    case 3:
      return bytes.subarray(0, random(bytes.length))
    case 4:
    case 5:
      options.push(strangeOption(random))
      return writeCoap({ ...parts, options })
    case 6:
      if (option) options.push(option)
      return writeCoap({ ...parts, options })
    case 7:
      options.splice(at, 1)
      return writeCoap({ ...parts, options })
    case 8:
      if (option) options[at] = { ...option, value: strangeOption(random).value }
      return writeCoap({ ...parts, options })
    case 9:
      return Buffer.concat([writeCoap({ ...parts, payload: Buffer.alloc(0) }), Buffer.of(0xff)])
    case 10:
      return Buffer.concat([writeCoap({ ...parts, payload: Buffer.alloc(0) }), brokenOption(random)])
    case 11:
      return writeCoap({ ...parts, code: random(8) })
    case 12:
      // An empty message that is not empty.
      return random(2) === 0 ? withCode(bytes, 0) : bytes.subarray(0, 4)
    default:
      return changed(bytes, () => bytes, random)
  }
}

const withFirst = (bytes: Buffer, to: (first: number) => number): Buffer => {
  bytes[0] = to(bytes[0] ?? 0)
  return bytes
}

const withCode = (bytes: Buffer, code: number): Buffer => {
  bytes[1] = code
  return bytes
}

const brokenOption = (random: Random): Buffer => {
  const whole = optionBytes(0, random(400), Buffer.alloc(random(300), random(256)))
  if (random(2) === 0) return whole.subarray(0, random(whole.length))
  return Buffer.of([0xf0, 0x0f, 0xef, 0xfe, 0xdf][random(5)] ?? 0xf0, random(256), random(256))
}
