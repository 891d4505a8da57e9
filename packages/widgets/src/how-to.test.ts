import { execFile } from 'node:child_process'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import type { ComponentType } from 'react'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { WidgetManifest, WidgetViewProps } from './widget.ts'
import { widgetConformance } from './widget-conformance.ts'

/** A stranger's copy of the example in docs/how-to/add-a-widget.md, beside the widgets; git and the compiler pass it over. */
const place = new URL('./.how-to/', import.meta.url)
const repository = fileURLToPath(new URL('../../../', import.meta.url))

const fileBlock = /^`(traffic-light\/[\w.-]+)`\n\n```\w+\n([\s\S]*?)^```$/gm
/** What the example imports from beside its folder. */
const around = ['settings/schema.ts', 'widget.ts', 'format.ts', 'notice.tsx', 'case-data/series.ts']

const written = async (): Promise<string[]> => {
  const page = await readFile(`${repository}docs/how-to/add-a-widget.md`, 'utf8')
  const files = [...page.matchAll(fileBlock)].map(([, name = '', text = '']) => ({ name, text }))
  await mkdir(new URL('traffic-light/', place), { recursive: true })
  for (const { name, text } of files) await writeFile(new URL(name, place), text)
  for (const name of around) {
    await mkdir(new URL('.', new URL(name, place)), { recursive: true })
    const up = name.includes('/') ? '../../' : '../'
    await writeFile(new URL(name, place), `export * from '${up}${name}'\n`)
  }
  await writeFile(
    new URL('tsconfig.json', place),
    JSON.stringify({ extends: '../../tsconfig.json', include: ['**/*'] }),
  )
  return files.map(({ name }) => name)
}

const files = await written()
const { trafficLight }: { trafficLight: WidgetManifest } = await import(
  new URL('traffic-light/manifest.ts', place).href
)
afterAll(() => rm(place, { recursive: true, force: true }))

describe('the widget of the how-to', () => {
  beforeAll(() => expect(files).toHaveLength(4))

  widgetConformance(trafficLight, {
    folder: new URL('traffic-light/', place),
    loadView: async () => {
      const loaded: { TrafficLight: ComponentType<WidgetViewProps<unknown>> } = await import(
        new URL('traffic-light/view.tsx', place).href
      )
      return loaded.TrafficLight
    },
  })

  test('compiles', { timeout: 60_000 }, async () => {
    const compiler = `${repository}node_modules/.bin/tsc`
    await promisify(execFile)(compiler, ['--noEmit', '-p', fileURLToPath(place)])
  })
})
