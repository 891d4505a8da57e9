import { readSymbol } from '../engines/scada/read-symbol.ts'
import type { FoundSymbol, ScadaSymbolSettings } from './manifest.ts'
import { symbolOfLink } from './names.ts'
import { findSymbol } from './symbols/registry.ts'

const fromText = (content: string, name: string): FoundSymbol => {
  const read = readSymbol(content)
  return read.ok ? { kind: 'symbol', symbol: read.symbol } : { kind: 'missing', name, problem: read.problem }
}

const own = (name: string): FoundSymbol | null => {
  const symbol = findSymbol(name)
  return symbol ? { kind: 'symbol', symbol: symbol.read() } : null
}

/** Last part of a link, as a name. */
const nameOfLink = (link: string): string => {
  const last = link.split('/').at(-1) ?? link
  return last.replace(/\.svg$/i, '').slice(0, 120)
}

type Chosen = Pick<ScadaSymbolSettings, 'symbol' | 'scadaSymbolUrl' | 'scadaSymbolContent'>

/** What is found without reading a stored file; null: there is one to read. */
export const findAtOnce = ({ symbol, scadaSymbolUrl, scadaSymbolContent }: Chosen): FoundSymbol | null => {
  if (scadaSymbolContent) return fromText(scadaSymbolContent, symbol)
  if (scadaSymbolUrl) {
    const name = symbolOfLink(scadaSymbolUrl)
    return name === null ? null : own(name)
  }
  if (symbol) return own(symbol) ?? { kind: 'missing', name: symbol, problem: null }
  return { kind: 'none' }
}

/** The symbol that settings name: the text in them, one of our own, or a stored file. Rejects never. */
export const findChosen = async (settings: Chosen, read: (link: string) => Promise<string>): Promise<FoundSymbol> => {
  const found = findAtOnce(settings)
  if (found) return found
  const link = settings.scadaSymbolUrl ?? ''
  const name = symbolOfLink(link) ?? nameOfLink(link)
  try {
    return fromText(await read(link), name)
  } catch (cause) {
    // An image of ThingsBoard's own that nobody has brought along: its name is all that there is.
    const isKnownName = symbolOfLink(link) !== null
    return {
      kind: 'missing',
      name,
      problem: isKnownName ? null : cause instanceof Error ? cause.message : String(cause),
    }
  }
}
