'use client'
import type { Column, Table } from '@thingwire/dashboards'
import { useFormatter, useTranslations } from 'next-intl'
import { valueText } from '../../../../../components/value-text.ts'

const mostShown = 100

/** Rows as they are, the first of them. */
export const PlainTable = ({ table, label }: { table: Table; label: string }) => {
  const t = useTranslations('dashboardPanel')
  const format = useFormatter()
  const textOf = (value: unknown, { kind }: Column): string =>
    kind === 'time' && typeof value === 'number' && Math.abs(value) < 8.64e15
      ? format.dateTime(value, { dateStyle: 'short', timeStyle: 'medium' })
      : valueText(value)
  if (table.columns.length === 0 || table.rows.length === 0) return <p className="text-xs text-ink-3">{t('noRows')}</p>
  return (
    <div className="grid gap-1">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard */}
      <section aria-label={label} tabIndex={0} className="max-h-72 overflow-auto rounded-md border">
        <table className="w-full text-xs">
          <thead>
            <tr>
              {table.columns.map(({ name, units }) => (
                <th
                  key={name}
                  scope="col"
                  className="sticky top-0 border-b bg-surface px-2 py-1.5 text-left font-medium whitespace-nowrap text-ink-3"
                >
                  {units ? `${name}, ${units}` : name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {table.rows.slice(0, mostShown).map((row, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: rows have no ids, and are drawn anew as a whole
              <tr key={at} className="border-b last:border-0">
                {table.columns.map((column, index) => (
                  <td key={column.name} className="max-w-48 truncate px-2 py-1 whitespace-nowrap tabular-nums">
                    {textOf(row[index], column)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <p className="text-2xs text-ink-3">
        {t('rowsOf', { shown: Math.min(mostShown, table.rows.length), total: table.rows.length })}
      </p>
    </div>
  )
}
