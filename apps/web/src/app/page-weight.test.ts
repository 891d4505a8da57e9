import { existsSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'

const src = resolve(import.meta.dirname, '..')
const packages = resolve(src, '..', '..', '..', 'packages')

const statics = /^(?:import|export)\s(?!type\b)(?:[^'"]*?\sfrom\s)?'([^']+)'/gm

/** The file that a name means. Null: another's package, or the index of one of ours, from which the build takes what is named. */
const fileOf = (name: string, from: string): string | null => {
  if (name.startsWith('.')) return resolve(dirname(from), name)
  if (name.startsWith('@/')) return join(src, name.slice(2))
  const [, own, part] = /^@thingwire\/([^/]+)(\/.+)$/.exec(name) ?? []
  if (own === undefined) return null
  const { exports } = JSON.parse(readFileSync(join(packages, own, 'package.json'), 'utf8'))
  return join(packages, own, exports[`.${part}`])
}

/** What is loaded together with a page: our files, and other packages by their names. */
const loadedWith = (entries: readonly string[]) => {
  const files = new Set<string>()
  const others = new Set<string>()
  const follow = (file: string) => {
    if (files.has(file) || !existsSync(file)) return
    files.add(file)
    if (!/\.tsx?$/.test(file)) return
    for (const [, name = ''] of readFileSync(file, 'utf8').matchAll(statics)) {
      const next = fileOf(name, file)
      if (next === null) others.add(name)
      else follow(next)
    }
  }
  for (const entry of entries) follow(join(src, 'app', entry))
  const bytes = [...files].reduce((sum, file) => sum + statSync(file).size, 0)
  return { files: [...files].map((file) => file.replaceAll('\\', '/')), others: [...others], kilobytes: bytes / 1_000 }
}

const shell = ['layout.tsx', '(console)/layout.tsx']
const editors = /^(?:@codemirror|@lezer|codemirror|acorn)/
const drawing = /^(?:echarts|zrender|maplibre-gl|world-atlas|topojson|@svgdotjs)/
const graphs = /^(?:@xyflow|@dagrejs)/
const rare = /^(?:modern-screenshot|write-excel-file|uqr|marked|dompurify|react-markdown|cmdk)/
const dialogs = /\/(?:sharing-dialog|palette-dialog|import-dialog|new-dashboard-dialog|new-chain-dialog)\.tsx$/

/** KB of our own sources when this was written (2026-11-23): what they may grow by without a thought is 15 %. */
const pages = [
  { page: '(console)/dashboards/[id]/page.tsx', kilobytes: 1075, without: [editors, drawing, graphs, rare] },
  { page: '(console)/rule-chains/[id]/page.tsx', kilobytes: 900, without: [editors, drawing, graphs, rare] },
  { page: '(console)/page.tsx', kilobytes: 267, without: [editors, drawing, graphs, rare] },
  { page: '(console)/devices/[id]/page.tsx', kilobytes: 472, without: [editors, drawing, graphs] },
  { page: '(console)/dashboards/page.tsx', kilobytes: 335, without: [editors, drawing, graphs, rare] },
  { page: '(console)/rule-chains/page.tsx', kilobytes: 300, without: [editors, drawing, graphs, rare] },
]

describe('what is loaded before a page is drawn', () => {
  it.each(pages)('$page has no library that it can do without', ({ page, without }) => {
    const { others, files } = loadedWith([...shell, page])
    expect(files.length).toBeGreaterThan(50)
    expect(others.filter((name) => without.some((pattern) => pattern.test(name)))).toEqual([])
    expect(files.filter((file) => dialogs.test(file))).toEqual([])
  })

  it.each(pages)('$page has not grown by much', ({ page, kilobytes }) => {
    const now = loadedWith([...shell, page]).kilobytes
    // Grown on purpose, or much smaller: then the new size is written above.
    expect(now).toBeLessThan(kilobytes * 1.15)
    expect(now).toBeGreaterThan(kilobytes * 0.7)
  })

  it('boards are loaded only by pages that draw one', () => {
    const board = /\/features\/dashboards\/board\/board\.tsx$/
    const has = (page: string) => loadedWith([...shell, page]).files.some((file) => board.test(file))
    expect(has('(console)/dashboards/[id]/page.tsx')).toBe(true)
    for (const page of ['(console)/page.tsx', '(console)/devices/[id]/page.tsx', '(console)/rule-chains/[id]/page.tsx'])
      expect(has(page)).toBe(false)
  })
})
