import { execFile } from 'node:child_process'
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { afterAll, describe, expect, test } from 'vitest'
import { SymbolDrawing } from '../engines/scada/drawing.tsx'
import type { OwnSymbol } from '../engines/scada/own-symbol.ts'

/** A stranger's copy of the example in docs/how-to/add-a-scada-symbol.md, beside the symbols; git and the compiler pass it over. */
const place = new URL('./.how-to/', import.meta.url)
const symbols = new URL('scada-symbol/symbols/', place)
const repository = fileURLToPath(new URL('../../../../', import.meta.url))

const written = async (): Promise<void> => {
  const page = await readFile(`${repository}docs/how-to/add-a-scada-symbol.md`, 'utf8')
  const [, text = ''] = /^`hopper\.ts`\n\n```ts\n([\s\S]*?)^```$/m.exec(page) ?? []
  await mkdir(symbols, { recursive: true })
  await mkdir(new URL('engines/scada/', place), { recursive: true })
  await writeFile(new URL('hopper.ts', symbols), text)
  await writeFile(
    new URL('engines/scada/own-symbol.ts', place),
    "export * from '../../../../engines/scada/own-symbol.ts'\n",
  )
  for (const name of ['behaviors.ts', 'shapes.ts'])
    await writeFile(new URL(name, symbols), `export * from '../../../symbols/${name}'\n`)
  await writeFile(
    new URL('tsconfig.json', place),
    JSON.stringify({ extends: '../../../tsconfig.json', include: ['**/*'] }),
  )
}

await written()
const { hoppers }: { hoppers: readonly OwnSymbol[] } = await import(new URL('hopper.ts', symbols).href)
const [hopper] = hoppers
afterAll(() => rm(place, { recursive: true, force: true }))

const drawn = (values: Record<string, unknown>): string => {
  if (!hopper) throw new Error('The page has no symbol')
  const symbol = hopper.read()
  const defaults = Object.fromEntries(symbol.metadata.properties.map((one) => [one.id, one.default]))
  return renderToStaticMarkup(
    createElement(SymbolDrawing, {
      symbol,
      label: 'Hopper',
      isDimmed: false,
      state: {
        scope: { values, properties: {} },
        defaults,
        locale: 'en',
        unitSystem: 'METRIC',
        actionOf: (click) =>
          'toggle' in click ? { name: 'Gate', isPressed: true, isBlocked: false, act: () => {} } : null,
      },
    }),
  )
}

describe('the symbol of the how-to', () => {
  test('shows what is bound', () => {
    const open = drawn({ tankCapacity: 200, currentVolume: 50, opened: true, warning: true })
    expect(open).toContain('translateY(112.50px)')
    expect(open).toContain('fill:var(--tw-ok)')
    expect(open).toContain('role="button"')
    expect(open).toContain('scada-flow')
    expect(drawn({ opened: false })).not.toContain('scada-flow')
  })

  test('compiles', { timeout: 60_000 }, async () => {
    const compiler = `${repository}node_modules/.bin/tsc`
    await promisify(execFile)(compiler, ['--noEmit', '-p', fileURLToPath(place)])
  })

  test('names every binding there is', async () => {
    const { bindingSchema } = await import('../engines/scada/bindings.ts')
    const page = await readFile(`${repository}docs/how-to/add-a-scada-symbol.md`, 'utf8')
    for (const name of Object.keys(bindingSchema.shape)) expect(page).toContain(`\`${name}\``)
    expect(await readdir(new URL('./symbols/', import.meta.url))).toContain('registry.ts')
  })
})
