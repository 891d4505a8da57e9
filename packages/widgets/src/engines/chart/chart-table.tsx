'use client'
import { formatValue } from '../../format.ts'
import { tableOf } from './export.ts'
import type { Frame } from './frame.ts'
import type { ChartWords } from './words.ts'

/** A page cannot carry more rows of a chart than this; the CSV file has all. */
const mostRows = 500

const cellText = (value: unknown, locale: string): string =>
  value === null ? '' : formatValue(value, { name: '' }, locale)

/** The values behind the picture, newest first. */
export const ChartTable = ({ frame, title, words }: { frame: Frame; title: string; words: ChartWords }) => {
  const { header, rows } = tableOf(frame, words)
  const shown = rows.slice(-mostRows).reverse()
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
    <section className="absolute inset-0 overflow-auto pr-9 pb-2 pl-3" tabIndex={0} aria-label={title}>
      <table className="w-full text-xs tabular-nums">
        <thead className="sticky top-0 bg-surface text-ink-3">
          <tr>
            {header.map((name, index) => (
              <th
                key={name}
                scope="col"
                className={`h-7 border-b font-normal whitespace-nowrap ${index === 0 ? 'text-left' : 'pl-4 text-right'}`}
              >
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {shown.map((row) => (
            <tr key={String(row[0])} className="border-b border-line/60">
              {row.map((cell, index) => (
                <td
                  key={header[index]}
                  className={`h-6 whitespace-nowrap ${index === 0 ? 'text-ink-2' : 'pl-4 text-right'}`}
                >
                  {index === 0 ? String(cell) : cellText(cell, frame.locale)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {rows.length > mostRows ? (
        <p className="py-2 text-xs text-ink-3">{words('more', { shown: mostRows, total: rows.length })}</p>
      ) : null}
    </section>
  )
}
