import { cleanDrawing } from './clean.ts'
import { hasCode, type SymbolMetadata, symbolMetadataSchema } from './metadata.ts'
import { readXml, textOf, type XmlNode } from './xml.ts'

/** A symbol as its file has it. */
export type SymbolFile = {
  metadata: SymbolMetadata
  /** Made harmless; ids as in the file. */
  drawing: XmlNode
  /** Drawing units. */
  box: { x: number; y: number; width: number; height: number }
  hasCode: boolean
}

export type SymbolResult = { ok: true; symbol: SymbolFile } | { ok: false; problem: string }

const noMetadata = symbolMetadataSchema.parse({})
const usualSide = 200

const metadataOf = (root: XmlNode): SymbolMetadata => {
  const node = root.children.find((child) => typeof child !== 'string' && child.name === 'tb:metadata')
  if (!node || typeof node === 'string') return noMetadata
  try {
    return symbolMetadataSchema.parse(JSON.parse(textOf(node)))
  } catch {
    // A picture without any behaviour still is a picture.
    return noMetadata
  }
}

const boxOf = ({ attributes }: XmlNode): SymbolFile['box'] => {
  const parts = (attributes.viewBox ?? '').split(/[\s,]+/).map(Number)
  const [x = 0, y = 0, width = 0, height = 0] = parts
  if (parts.length === 4 && parts.every(Number.isFinite) && width > 0 && height > 0) return { x, y, width, height }
  const side = (name: string) => {
    const length = Number.parseFloat(attributes[name] ?? '')
    return length > 0 ? length : usualSide
  }
  return { x: 0, y: 0, width: side('width'), height: side('height') }
}

/** Reads an SVG with tags and metadata as symbols of ThingsBoard have them; `problem` says what is wrong with it. */
export const readSymbol = (content: string): SymbolResult => {
  const read = readXml(content.replace(/^\uFEFF/, '').trim())
  if (!read.ok) return read
  if (read.root.name !== 'svg') return { ok: false, problem: 'It is no SVG' }
  const metadata = metadataOf(read.root)
  return {
    ok: true,
    symbol: {
      metadata,
      drawing: cleanDrawing(read.root, ''),
      box: boxOf(read.root),
      hasCode: hasCode(metadata),
    },
  }
}
