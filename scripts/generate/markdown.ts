const header = (source: string) => `<!-- Generated from ${source} by "npm run generate". Do not edit. -->\n`

/** Text in a table cell: no line breaks, and no bars that would end the cell. */
export const cell = (text: string): string => text.replace(/\s*\n\s*/g, ' ').replaceAll('|', '\\|')

export const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((row) => `| ${row.map(cell).join(' | ')} |`).join('\n')

export const code = (text: string): string => `\`${text}\``

export const page = (options: { title: string; source: string; parts: readonly string[] }): string =>
  `${[header(options.source), `# ${options.title}`, ...options.parts].join('\n\n')}\n`.replace('-->\n\n\n', '-->\n\n')
