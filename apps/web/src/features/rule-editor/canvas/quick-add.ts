import type { NodeManifest } from '@thingwire/rules'

const wordStart = (text: string, query: string) => text.startsWith(query) || text.includes(` ${query}`)

/** How well a type answers to what was typed; 0: not at all. */
const fit = (manifest: NodeManifest, query: string): number => {
  const name = manifest.name.toLowerCase()
  if (name === query) return 100
  if (name.startsWith(query)) return 90
  if (wordStart(name, query)) return 80
  const words = query.split(/\s+/)
  if (words.every((word) => wordStart(name, word))) return 70
  if (name.includes(query)) return 60
  if (initials(name).startsWith(query.replaceAll(' ', ''))) return 50
  if (manifest.category.startsWith(query)) return 40
  const whole = `${name} ${manifest.type.replaceAll('-', ' ')} ${manifest.description.toLowerCase()} ${manifest.className.toLowerCase()}`
  return words.every((word) => whole.includes(word)) ? 20 : 0
}

const initials = (name: string) =>
  name
    .split(/[\s-]+/)
    .map((word) => word.charAt(0))
    .join('')

/** The types that answer to what was typed, best first; all in their order when nothing was. */
export const rankTypes = (manifests: readonly NodeManifest[], query: string): NodeManifest[] => {
  const wanted = query.trim().toLowerCase()
  if (wanted === '') return [...manifests]
  return manifests
    .map((manifest) => ({ manifest, score: fit(manifest, wanted) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score || a.manifest.name.localeCompare(b.manifest.name))
    .map(({ manifest }) => manifest)
}
