'use client'
import type { FunctionSource } from '@thingwire/dashboards'
import { type CSSProperties, useEffect, useMemo, useState } from 'react'
import { type FunctionContext, useFunctionContext } from '../../functions/function-context.ts'
import { createNewestOnly } from '../../functions/newest-only.ts'
import { useWidgetHost } from '../../host/host-context.tsx'
import type { FunctionResult, FunctionsPort } from '../../host/host.ts'
import { cellText, safeStyle } from './safe-style.ts'

/** What functions of the file made of the cells and rows of a page. */
export type CellFunctions = {
  /** Text or markup, not yet made harmless. */
  contents: ReadonlyMap<string, string>
  styles: ReadonlyMap<string, CSSProperties>
  rowStyles: ReadonlyMap<string, CSSProperties>
  /** The first failure. */
  problem: string | null
}

/** A column that functions of the file may have a say in. */
export type MadeColumn = { id: string; content: FunctionSource | null; style: FunctionSource | null }

/** How a kind of row is told to functions; one that stays the same. */
export type RowReader<Row, Column> = {
  /** What functions call the row. */
  argument: string
  idOf: (row: Row) => string
  valueOf: (row: Row, column: Column) => unknown
  recordOf: (row: Row, columns: readonly Column[]) => Readonly<Record<string, unknown>>
}

export const cellId = (rowId: string, column: Pick<MadeColumn, 'id'>): string => `${rowId} ${column.id}`

const nothing: CellFunctions = { contents: new Map(), styles: new Map(), rowStyles: new Map(), problem: null }

type Question<Row, Column> = {
  context: FunctionContext
  rows: readonly Row[]
  columns: readonly Column[]
  rowStyle: FunctionSource | null
}

const failureOf = (results: readonly FunctionResult[]): string | null => {
  const failed = results.find((result) => !result.ok)
  return failed && !failed.ok ? failed.message : null
}

const answer = async <Row, Column extends MadeColumn>(
  functions: FunctionsPort,
  reader: RowReader<Row, Column>,
  { context, rows, columns, rowStyle }: Question<Row, Column>,
): Promise<CellFunctions> => {
  const contents = new Map<string, string>()
  const styles = new Map<string, CSSProperties>()
  const rowStyles = new Map<string, CSSProperties>()
  const problems: string[] = []
  const records = rows.map((row) => reader.recordOf(row, columns))
  const run = async (code: FunctionSource, names: readonly string[], calls: readonly (readonly unknown[])[]) => {
    const results = await functions.callMany(code, names, calls)
    const problem = failureOf(results)
    if (problem) problems.push(problem)
    return results
  }
  const ofCells = async (column: Column, code: FunctionSource, take: (row: Row, value: unknown) => void) => {
    // Files ask for `value !== ''` where there is nothing yet.
    const calls = rows.map((row, index) => [reader.valueOf(row, column) ?? '', records[index], context])
    const results = await run(code, ['value', reader.argument, 'ctx'], calls)
    rows.forEach((row, index) => {
      const result = results[index]
      if (result?.ok) take(row, result.value)
    })
  }
  const ofRows = async (code: FunctionSource) => {
    const calls = records.map((record) => [record, context])
    const results = await run(code, [reader.argument, 'ctx'], calls)
    rows.forEach((row, index) => {
      const result = results[index]
      const style = result?.ok ? safeStyle(result.value) : undefined
      if (style) rowStyles.set(reader.idOf(row), style)
    })
  }
  const setContent = (column: Column) => (row: Row, value: unknown) =>
    void contents.set(cellId(reader.idOf(row), column), cellText(value))
  const setStyle = (column: Column) => (row: Row, value: unknown) => {
    const style = safeStyle(value)
    if (style) styles.set(cellId(reader.idOf(row), column), style)
  }
  await Promise.all([
    ...columns.flatMap((column) => [
      ...(column.content ? [ofCells(column, column.content, setContent(column))] : []),
      ...(column.style ? [ofCells(column, column.style, setStyle(column))] : []),
    ]),
    ...(rowStyle ? [ofRows(rowStyle)] : []),
  ])
  return { contents, styles, rowStyles, problem: problems[0] ?? null }
}

/** Runs the functions of cells and rows for the page that is shown; what they made stays until they made it anew. */
export const useCellFunctions = <Row, Column extends MadeColumn>(
  reader: RowReader<Row, Column>,
  rows: readonly Row[],
  columns: readonly Column[],
  rowStyle: FunctionSource | null,
): CellFunctions => {
  const { functions } = useWidgetHost()
  const context = useFunctionContext()
  const [made, setMade] = useState(nothing)
  const asking = useMemo(
    () => createNewestOnly((question: Question<Row, Column>) => answer(functions, reader, question), setMade),
    [functions, reader],
  )
  const isNeeded = rowStyle !== null || columns.some(({ content, style }) => content !== null || style !== null)
  useEffect(() => {
    if (isNeeded) asking.ask({ context, rows, columns, rowStyle })
  }, [asking, isNeeded, context, rows, columns, rowStyle])
  useEffect(() => () => asking.stop(), [asking])
  return isNeeded ? made : nothing
}
