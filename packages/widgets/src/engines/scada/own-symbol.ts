import type { z } from 'zod'
import { bindingSchema } from './bindings.ts'
import { type SymbolBehavior, symbolMetadataSchema } from './metadata.ts'
import { readSymbol, type SymbolFile } from './read-symbol.ts'

/** One cell of a board with 24 columns, in units of the drawings. Pipes meet the edges of cells at their middle. */
export const cell = 100

export type OwnSymbol = {
  /** Unique; that of ThingsBoard's symbol of the same purpose, where there is one. */
  id: string
  title: string
  /** Other symbols of ThingsBoard that it stands in for: names of their files without the ending. */
  standsFor: readonly string[]
  /** In cells. */
  size: { columns: number; rows: number }
  /** Made when it is first drawn. */
  read: () => SymbolFile
}

type MetadataInput = z.input<typeof symbolMetadataSchema>

type OwnSymbolInput = {
  id: string
  title: string
  standsFor?: readonly string[]
  columns: number
  rows: number
  behavior?: readonly SymbolBehavior[]
  properties?: MetadataInput['properties']
  /** What each tag of the drawing shows. */
  bind: Readonly<Record<string, z.input<typeof bindingSchema>>>
  /** Inner SVG: 100 units a cell, colours by `paint:…`, parts that change named by `tb:tag`. */
  drawing: string
}

/** A symbol of our own: a drawing and what its parts show, all of it data. Reading it throws where the drawing or a binding is wrong. */
export const defineSymbol = (input: OwnSymbolInput): OwnSymbol => {
  let made: SymbolFile | null = null
  const { columns, rows } = input
  const make = (): SymbolFile => {
    const result = readSymbol(`<svg viewBox="0 0 ${columns * cell} ${rows * cell}">${input.drawing}</svg>`)
    if (!result.ok) throw new Error(`${input.id}: ${result.problem}`)
    const metadata = symbolMetadataSchema.parse({
      title: input.title,
      widgetSizeX: columns,
      widgetSizeY: rows,
      tags: Object.entries(input.bind).map(([tag, bind]) => ({ tag, bind: bindingSchema.parse(bind) })),
      behavior: [...(input.behavior ?? [])],
      properties: input.properties ?? [],
    })
    return { ...result.symbol, metadata }
  }
  return {
    id: input.id,
    title: input.title,
    standsFor: input.standsFor ?? [],
    size: { columns, rows },
    read: () => {
      made ??= make()
      return made
    },
  }
}
