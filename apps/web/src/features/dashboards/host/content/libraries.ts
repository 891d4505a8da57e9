import type { CodeDocument } from '@thingwire/widgets/manifests'

type Library = NonNullable<CodeDocument['libraries']>[number]

const texts = new Map<Library, Promise<string>>()

const loadText = async (library: Library): Promise<string> => {
  const response = await fetch(`/sandbox/libraries/${library}`, { credentials: 'omit' })
  if (!response.ok) throw new Error(`${library}: ${response.status}`)
  return response.text()
}

/** Text of a library for documents in the sandbox: fetched once, however many documents have it. */
const textOf = (library: Library): Promise<string> => {
  const known = texts.get(library)
  if (known) return known
  const asked = loadText(library)
  texts.set(library, asked)
  // A failure is asked for again by the next document.
  asked.catch(() => texts.delete(library))
  return asked
}

/** The document with scripts of libraries before its body. */
export const withLibraries = async (markup: string, libraries: readonly Library[] = []): Promise<string> => {
  if (libraries.length === 0) return markup
  const loaded = await Promise.all(libraries.map(textOf))
  const scripts = loaded.map((text) => `<script>${text.replaceAll(/<\/script/gi, '<\\/script')}</script>`).join('')
  // A function: `$` in a library is not a pattern.
  return markup.replace('</head>', () => `${scripts}</head>`)
}
