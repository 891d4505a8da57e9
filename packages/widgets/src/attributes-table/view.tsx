'use client'
import type { AttributeScope } from '@thingwire/contracts'
import { Button, IconButton, Segmented } from '@thingwire/ui'
import { Pencil, Plus, Trash2 } from 'lucide-react'
import { type ReactNode, useMemo, useState } from 'react'
import { OneEntity } from '../engines/entity/one-entity.tsx'
import { pageSteps } from '../engines/table/page-steps.ts'
import { TableBar, TablePager } from '../engines/table/table-bar.tsx'
import { type TableSort, TableView } from '../engines/table/table-view.tsx'
import { useWidgetHost } from '../host/host-context.tsx'
import type { AttributeValue } from '../host/host.ts'
import { WidgetNotice } from '../notice.tsx'
import { formatPattern } from '../style/date-format.ts'
import { useWords } from '../texts/use-texts.ts'
import type { WidgetEntity, WidgetViewProps } from '../widget.ts'
import { EditDialog } from './edit-dialog.tsx'
import type { AttributesTableSettings } from './manifest.ts'
import { arrange, valueText } from './rows.ts'
import { attributesWords } from './words.ts'

type Props = WidgetViewProps<AttributesTableSettings>

/** Narrower than this a table has no room for columns. */
const narrowPx = 380
const barPx = 150
const mostRows = 1_000
const longestShown = 500
const allScopes: readonly AttributeScope[] = ['SERVER_SCOPE', 'SHARED_SCOPE', 'CLIENT_SCOPE']

export const AttributesTable = (p: Props) => (
  <OneEntity state={p.state} texts={p.texts}>
    {({ entity, chooser, staleSince }) => (
      <Table key={entity.id.id} {...p} entity={entity} chooser={chooser} isStale={staleSince !== null} />
    )}
  </OneEntity>
)

type TableProps = Props & { entity: WidgetEntity; chooser: ReactNode; isStale: boolean }

/** What the settings let; whether the viewer may is the server's to say. What a device reports is its own to change. */
const rightsOf = ({ settings }: Props, scope: AttributeScope) => {
  const may = scope !== 'CLIENT_SCOPE'
  return { add: may && settings.allowAdd, edit: may && settings.allowEdit, remove: may && settings.allowDelete }
}

const Table = (p: TableProps) => {
  const { settings, entity } = p
  const words = useWords('attributes-table', attributesWords)
  const { values } = useWidgetHost()
  const all = values.useAttributes(entity.id)
  const scopes = settings.scopes.length > 0 ? settings.scopes : allScopes
  const [chosenScope, setScope] = useState(settings.scope)
  const scope = scopes.includes(chosenScope) ? chosenScope : (scopes[0] ?? chosenScope)
  const [search, setSearch] = useState('')
  const [sort, setSort] = useState<TableSort>({ column: 'key', desc: false })
  const [page, setPage] = useState(0)
  const [pageSize, setPageSize] = useState(() => Math.min(mostRows, Math.max(1, settings.defaultPageSize)))
  const [editing, setEditing] = useState<AttributeValue | 'new' | null>(null)
  const [refused, setRefused] = useState<string | null>(null)
  const rights = rightsOf(p, scope)
  const found = useMemo(() => arrange(all ?? [], { scope, search, sort }), [all, scope, search, sort])
  if (all === undefined) return <WidgetNotice state={{ status: 'loading' }} />
  // What is deleted elsewhere may leave the last page empty.
  const last = Math.max(0, Math.ceil(found.length / pageSize) - 1)
  const at = Math.min(page, last)
  const rows = settings.displayPagination ? found.slice(at * pageSize, (at + 1) * pageSize) : found
  const isNarrow = p.size.width < narrowPx
  const remove = async (key: string) => {
    try {
      setRefused(null)
      await values.deleteAttributes(entity.id, scope, [key])
    } catch (error) {
      setRefused(error instanceof Error ? error.message : String(error))
    }
  }
  return (
    <div className="relative flex size-full flex-col">
      {p.size.height >= barPx ? (
        <TableBar
          search={
            settings.enableSearch
              ? {
                  text: search,
                  onSearch: (text) => {
                    setSearch(text)
                    setPage(0)
                  },
                }
              : undefined
          }
        >
          {p.chooser}
          {scopes.length > 1 ? (
            <Segmented
              label={words('scope')}
              value={scope}
              onChange={(next) => {
                setScope(next)
                setPage(0)
              }}
              options={scopes.map((value) => ({ value, label: words(value) }))}
            />
          ) : null}
          {rights.add ? (
            <Button size="sm" onClick={() => setEditing('new')}>
              <Plus />
              {words('add')}
            </Button>
          ) : null}
        </TableBar>
      ) : null}
      {refused === null ? null : (
        <p role="alert" className="px-4 pb-2 text-xs break-words text-danger-text">
          {words('refused', { message: refused })}
        </p>
      )}
      <TableView
        label={p.title}
        columns={[
          {
            ...{ id: 'key', title: words('key'), isNumber: false, isSortable: true, width: null },
            cell: ({ key }) => <span className="font-mono text-xs">{key}</span>,
          },
          {
            ...{ id: 'value', title: words('value'), isNumber: false, isSortable: true, width: null },
            cell: ({ value }) => {
              const text = valueText(value).slice(0, longestShown)
              return (
                <span className="font-medium" title={text}>
                  {text || '—'}
                </span>
              )
            },
          },
          {
            ...{ id: 'ts', title: words('ts'), isNumber: true, isSortable: true, width: null },
            cell: ({ ts }) => (
              <span className="text-xs text-ink-3" title={momentOf(ts, p)}>
                {p.texts.age(ts)}
              </span>
            ),
          },
        ]}
        rows={rows}
        rowKey={({ key }) => key}
        sort={sort}
        onSort={setSort}
        actions={
          rights.edit || rights.remove
            ? {
                title: '',
                cell: (row) => (
                  <>
                    {rights.edit ? (
                      <IconButton
                        size="icon-sm"
                        label={words('edit', { key: row.key })}
                        onClick={() => setEditing(row)}
                      >
                        <Pencil />
                      </IconButton>
                    ) : null}
                    {rights.remove ? (
                      <RemoveButton name={words('remove', { key: row.key })} onSure={() => remove(row.key)} />
                    ) : null}
                  </>
                ),
              }
            : undefined
        }
        isStale={p.isStale}
        isBusy={false}
        isNarrow={isNarrow}
        none={words(search ? 'noneSuch' : 'none')}
      />
      {settings.displayPagination ? (
        <TablePager
          {...{ pageSize, isNarrow, page: at, total: found.length }}
          steps={pageSteps(settings.defaultPageSize, null, null)}
          onPage={setPage}
          onPageSize={(size) => {
            setPageSize(size)
            setPage(0)
          }}
        />
      ) : null}
      {editing === null ? null : (
        <EditDialog
          attribute={editing === 'new' ? null : editing}
          isTaken={(key) => all.some((one) => one.scope === scope && one.key === key)}
          onSave={(key, value) => values.saveAttributes(entity.id, scope, { [key]: value })}
          onClose={() => setEditing(null)}
        />
      )}
    </div>
  )
}

const momentOf = (ts: number, { locale, timeZone }: Pick<Props, 'locale' | 'timeZone'>) =>
  formatPattern(ts, 'medium', { locale, timeZone })

/** Asks once more in its own place before it deletes. */
const RemoveButton = ({ name, onSure }: { name: string; onSure: () => Promise<void> }) => {
  const words = useWords('attributes-table', attributesWords)
  const [isAsking, setAsking] = useState(false)
  if (!isAsking)
    return (
      <IconButton label={name} size="icon-sm" onClick={() => setAsking(true)}>
        <Trash2 />
      </IconButton>
    )
  return (
    <Button
      variant="danger"
      size="sm"
      autoFocus
      aria-label={name}
      onBlur={() => setAsking(false)}
      onClick={() => void onSure().finally(() => setAsking(false))}
    >
      {words('sure')}
    </Button>
  )
}
