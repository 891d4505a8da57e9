type Style = Readonly<Record<string, unknown>>

const camel = (name: string) => name.replaceAll(/-([a-z])/g, (_, letter: string) => letter.toUpperCase())
const kebab = (name: string) => name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)

/** Lines of CSS as the object that styles of files are; null: something among it is no declaration. */
export const declarationsOf = (text: string): Record<string, string> | null => {
  const lines = text
    .split(/[;\n]/)
    .map((line) => line.trim())
    .filter((line) => line !== '')
  const parts = lines.map((line) => /^(--[\w-]+|[a-zA-Z-]+)\s*:\s*(.+)$/.exec(line))
  if (parts.includes(null)) return null
  return Object.fromEntries(
    parts.flatMap((part) => {
      const [, name = '', value = ''] = part ?? []
      return name === '' ? [] : [[name.startsWith('--') ? name : camel(name), value]]
    }),
  )
}

export const declarationText = (style: Style): string =>
  Object.entries(style)
    .map(([name, value]) => `${name.startsWith('--') ? name : kebab(name)}: ${String(value)};`)
    .join('\n')
