import { imageAddress } from './addresses.ts'

/** Larger than any drawing that can be shown. */
const mostCharacters = 2_000_000

const texts = new Map<string, Promise<string>>()
/** Of texts that are remembered, so that symbols that stand on a board many times are read once. */
const mostTexts = 200

const load = async (address: string): Promise<string> => {
  const response = await fetch(address, { credentials: 'same-origin' })
  if (!response.ok) throw new Error(String(response.status))
  const text = await response.text()
  if (text.length > mostCharacters) throw new Error('The file is too large')
  return text
}

/** Text of a stored image; rejects for addresses elsewhere and files that the viewer may not read. */
export const readStoredText = (link: string): Promise<string> => {
  const address = imageAddress(link)
  if (address === null || !address.startsWith('/')) return Promise.reject(new Error('Not an image of this platform'))
  const known = texts.get(address)
  if (known) return known
  const asked = load(address)
  texts.set(address, asked)
  for (const oldest of texts.keys()) {
    if (texts.size <= mostTexts) break
    texts.delete(oldest)
  }
  // What failed is asked for again when the board is opened anew.
  asked.catch(() => texts.delete(address))
  return asked
}
