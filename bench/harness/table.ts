import { stripVTControlCharacters, styleText } from 'node:util'
import type { Figure } from './bench.ts'

const verdict = ({ met }: Figure) => {
  if (met === undefined) return ''
  return met ? styleText('green', 'met') : styleText('yellow', 'missed')
}

/** Columns as wide as their widest cell. */
export const formatTable = (rows: readonly (readonly string[])[]): string => {
  const visible = (text: string) => stripVTControlCharacters(text).length
  const widths = rows.reduce<number[]>(
    (widest, row) => row.map((cell, i) => Math.max(widest[i] ?? 0, visible(cell))),
    [],
  )
  return rows
    .map((row) =>
      row
        .map((cell, i) => cell + ' '.repeat((widths[i] ?? 0) - visible(cell)))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

export const formatFigures = (figures: readonly Figure[]): string =>
  formatTable([
    ['figure', 'measured', 'goal', 'ratio', 'verdict'].map((head) => styleText('bold', head)),
    ...figures.map((figure) => [
      figure.what,
      figure.value,
      figure.goal ?? '',
      figure.ratio === undefined ? '' : figure.ratio.toFixed(2),
      verdict(figure),
    ]),
  ])

export const grouped = (value: number): string => Math.round(value).toLocaleString('en-US')
