import { changed, type Random } from '../fuzz.ts'
import { bodyOf, counted, type Draft, type Part, pickOne, propertyOf, uint16, varInt, written } from './grammar.ts'
import { propertyTable } from './property-table.ts'

/** Texts that are none: overlong, surrogates, cut off, beyond Unicode, U+0000, stray bytes; and some that only look like it. */
const strangeTexts = [
  'c080',
  'e0808a',
  'eda080',
  'edbfbf',
  'c3',
  'f4908080',
  '00',
  '6100',
  'ff',
  '80',
  'f09f92',
  // These are texts: a byte order mark, U+FFFF, the last one of all, U+D7FF.
  'efbbbf61',
  'efbfbf',
  'f48fbfbf',
  'ed9fbf',
].map((hex) => Buffer.from(hex, 'hex'))
const strangeTopics = ['', '#', '+', 'a/#', 'a+', '#/a', 'a/+/b', 'a#', '$share//a', '$share/g/a'].map((text) =>
  Buffer.from(text),
)

const spoiltText = (random: Random): Buffer => counted(strangeTexts[random(strangeTexts.length)] ?? Buffer.alloc(0))
const spoiltTopic = (random: Random): Buffer =>
  random(2) === 0 ? spoiltText(random) : counted(strangeTopics[random(strangeTopics.length)] ?? Buffer.alloc(0))

/** As its kind may go wrong: what a length in front says, a property too many, an identifier that is none. */
const spoiltPart = (part: Part, random: Random): Part => {
  switch (part.kind) {
    case 'properties':
      return spoiltProperties(part.properties, random)
    case 'identifier':
      return { kind: 'identifier', bytes: random(2) === 0 ? uint16(0) : part.bytes.subarray(random(2)) }
    case 'topic':
    case 'filter':
      return random(4) === 0 ? withWrongLength(part.kind, part.bytes, random) : { ...part, bytes: spoiltTopic(random) }
    case 'text':
      return random(4) === 0 ? withWrongLength(part.kind, part.bytes, random) : { ...part, bytes: spoiltText(random) }
    case 'binary':
      return withWrongLength(part.kind, part.bytes, random)
    default: {
      const bytes = Buffer.from(part.bytes)
      if (bytes.length > 0) bytes[random(bytes.length)] = random(256)
      return { ...part, bytes }
    }
  }
}

const withWrongLength = (kind: 'topic' | 'filter' | 'text' | 'binary', bytes: Buffer, random: Random): Part => {
  const length = bytes.length - 2 + pickOne(random, [-1, 1, 2, 200, 60_000])
  return { kind, bytes: Buffer.concat([uint16(Math.max(0, length)), bytes.subarray(2)]) }
}

const spoiltProperties = (properties: Buffer[], random: Random): Part => {
  const copy = [...properties]
  const at = random(copy.length + 1)
  const known = propertyTable[random(propertyTable.length)]
  switch (random(6)) {
    case 0:
      // Twice, or where nothing stood: one that stands elsewhere.
      copy.splice(at, 0, copy[random(Math.max(1, copy.length))] ?? Buffer.of(0x7f, 0))
      return { kind: 'properties', properties: copy }
    case 1:
    case 2:
      if (known) copy.splice(at, 0, propertyOf(known.id, known.type, random))
      return { kind: 'properties', properties: copy }
    case 3: {
      const last = copy.pop() ?? Buffer.of(0x26)
      return { kind: 'properties', properties: [...copy, last.subarray(0, random(last.length))] }
    }
    case 4: {
      const block = Buffer.concat(copy)
      return { kind: 'rest', bytes: Buffer.concat([varInt(Math.max(0, block.length + random(5) - 2)), block]) }
    }
    default:
      return { kind: 'rest', bytes: Buffer.concat([strangeLength(random), ...copy]) }
  }
}

/** Lengths that are too long, too large, or longer than needed. */
const strangeLength = (random: Random): Buffer =>
  Buffer.from(
    pickOne(random, ['8000', '80808000', 'ffffff7f', 'ffffffff7f', '8180808001', 'ff', '808004', '818004']),
    'hex',
  )

/** The packet with one change that its grammar knows of, or one of its bytes. */
export const spoilt = (draft: Draft, random: Random): Buffer => {
  const parts = [...draft.parts]
  const at = random(Math.max(1, parts.length))
  const part = parts[at]
  switch (random(12)) {
    case 0:
      return written({ header: draft.header ^ (1 << random(4)), parts })
    case 1:
      return written({ header: (random(16) << 4) | (draft.header & 0x0f), parts })
    case 2:
      return withLength(draft, random(3) === 0 ? strangeLength(random) : varInt(bodyOf(draft).length + random(7)))
    case 3: {
      const body = bodyOf(draft)
      return written({
        header: draft.header,
        parts: [{ kind: 'rest', bytes: body.subarray(0, random(body.length + 1)) }],
      })
    }
    case 4:
      return written({ header: draft.header, parts: [...parts, { kind: 'rest', bytes: Buffer.alloc(1 + random(4)) }] })
    case 5:
      parts.splice(at, 1)
      return written({ header: draft.header, parts })
    case 6:
      if (part) parts.splice(at, 0, part)
      return written({ header: draft.header, parts })
    case 7: {
      const bytes = written(draft)
      return changed(bytes, () => bytes, random)
    }
    default:
      if (part) parts[at] = spoiltPart(part, random)
      return written({ header: draft.header, parts })
  }
}

const withLength = (draft: Draft, length: Buffer): Buffer =>
  Buffer.concat([Buffer.of(draft.header), length, bodyOf(draft)])
