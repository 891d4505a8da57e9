import { readClipboard } from '@thingwire/dashboards/edit'

/** So that what was copied can be pasted by a menu, for which browsers may refuse the clipboard; also in other tabs. */
const name = 'thingwire.copied-widgets'
const longest = 2_000_000
let inMemory = ''

export const rememberCopied = (text: string): void => {
  inMemory = text
  try {
    if (text.length <= longest) localStorage.setItem(name, text)
    else localStorage.removeItem(name)
  } catch {
    // A full or forbidden storage: this tab still knows.
  }
}

const remembered = (): string => {
  if (inMemory !== '') return inMemory
  try {
    return localStorage.getItem(name) ?? ''
  } catch {
    return ''
  }
}

/** What is in the clipboard; where that cannot be read, or is no widget, what was copied last. */
export const copiedText = async (): Promise<string> => {
  const text = await navigator.clipboard?.readText().catch(() => '')
  return text && readClipboard(text).ok ? text : remembered() || text || ''
}
